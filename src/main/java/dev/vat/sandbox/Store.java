package dev.vat.sandbox;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The sandbox's folder, with an index in memory. Thread-safe.
///
/// `data/` holds contents under random names. `buckets/`, `objects/` (named by the SHA-256 of the
/// path, for keys are no file names), `uploads/` and `parts/` hold a text file of facts for each.
/// Facts come by an atomic rename and count from then on; all changes happen one after the other. A
/// content that no facts name is swept away at the next start.
final class Store implements AutoCloseable {
  /// The order of S3's listings.
  static final Comparator<String> BY_UTF8 =
      Comparator.comparing(s -> s.getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);

  private static final int BUFFER_BYTES = 128 * 1024;

  private final Path folder;
  private final FileChannel lock;
  private final NavigableMap<String, Bucket> buckets = new ConcurrentSkipListMap<>();
  private final NavigableMap<String, Version> objects = new ConcurrentSkipListMap<>(BY_UTF8);
  private final Map<String, Version> uploads = new ConcurrentHashMap<>();

  private Store(Path folder, FileChannel lock) {
    this.folder = folder;
    this.lock = lock;
  }

  /// Opens the folder, making it where it is not there, and clears away what a crash left behind.
  ///
  /// @throws IOException also when another sandbox uses it
  static Store open(Path folder) throws IOException {
    for (String name : List.of("data", "buckets", "objects", "uploads", "parts")) {
      Files.createDirectories(folder.resolve(name));
    }
    Path file = folder.resolve("lock");
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (!locked(channel)) {
        throw new IOException(
            "The folder " + folder + " is in use by another sandbox: stop it, or name another.");
      }
      Store store = new Store(folder, channel);
      store.load();
      return store;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private void load() throws IOException {
    Set<String> stray = names("data");
    for (String file : names("buckets")) {
      Bucket bucket = Bucket.of(read(folder.resolve("buckets", file)));
      buckets.put(bucket.name(), bucket);
    }
    for (String file : names("objects")) {
      Version object = Version.of(read(folder.resolve("objects", file)));
      for (Part part : object.parts().values()) {
        if (!stray.remove(part.file())) {
          throw new IOException(
              "The sandbox's folder lacks contents of its objects: "
                  + folder
                  + ". Take it from a copy, or begin with an empty one.");
        }
      }
      objects.put(object.path(), object);
    }
    loadUploads(stray);
    for (String file : stray) {
      Files.delete(data(file));
    }
  }

  private void loadUploads(Set<String> stray) throws IOException {
    for (String file : names("uploads")) {
      Version upload = Version.of(read(folder.resolve("uploads", file)));
      Version object = objects.get(upload.path());
      if (object != null && object.id().equals(upload.id())) {
        Files.delete(folder.resolve("uploads", file));
      } else {
        uploads.put(upload.id(), upload);
      }
    }
    for (String file : names("parts")) {
      Version upload = uploads.get(file.substring(0, file.indexOf('.')));
      Path place = folder.resolve("parts", file);
      Map<Integer, Part> found = Part.all(read(place));
      if (upload == null || !found.values().stream().allMatch(p -> stray.remove(p.file()))) {
        Files.delete(place);
      } else {
        upload.parts().putAll(found);
      }
    }
  }

  private Set<String> names(String place) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve(place))) {
      return files
          .map(f -> f.getFileName().toString())
          .collect(Collectors.toCollection(HashSet::new));
    }
  }

  private static Properties read(Path file) throws IOException {
    Properties facts = new Properties();
    try (InputStream in = Files.newInputStream(file)) {
      facts.load(in);
    }
    return facts;
  }

  Path data(String file) {
    return folder.resolve("data", file);
  }

  private Path bucketFile(String name) {
    // The ending keeps clear of the names that Windows has taken, such as con.
    return folder.resolve("buckets", name + "-facts");
  }

  private Path objectFile(String path) {
    byte[] sha256 = Checksum.SHA256.start().digest(path.getBytes(StandardCharsets.UTF_8));
    return folder.resolve("objects", HexFormat.of().formatHex(sha256));
  }

  private Path partFile(Version upload, int number) {
    return folder.resolve("parts", upload.id() + "." + number);
  }

  private static FileChannel create(Path file) throws IOException {
    return FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  private void delete(Collection<Part> contents) throws IOException {
    for (Part part : contents) {
      Files.deleteIfExists(data(part.file()));
    }
  }

  private interface Check {
    void run() throws IOException;
  }

  /// Writes facts, flushed, and moves them to their place between `before` and `after`: all three
  /// alone. When `before` throws, nothing was done.
  private void commit(Properties facts, Path target, Check before, Check after) throws IOException {
    Path draft = data(UUID.randomUUID().toString());
    try {
      try (FileChannel out = create(draft)) {
        facts.store(Channels.newOutputStream(out), null);
        out.force(true);
      }
      synchronized (this) {
        before.run();
        Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
        after.run();
      }
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  private static <T> T found(T value, ErrorCode otherwise) {
    if (value == null) {
      throw otherwise.error();
    }
    return value;
  }

  /// All buckets, by name.
  NavigableMap<String, Bucket> buckets() {
    return Collections.unmodifiableNavigableMap(buckets);
  }

  Bucket bucket(String name) {
    return found(buckets.get(name), ErrorCode.NO_SUCH_BUCKET);
  }

  /// @throws S3Error when there is one of this name already
  void create(Bucket bucket) throws IOException {
    commit(
        bucket.facts(),
        bucketFile(bucket.name()),
        () -> {
          if (buckets.containsKey(bucket.name())) {
            throw ErrorCode.BUCKET_ALREADY_OWNED_BY_YOU.error();
          }
        },
        () -> buckets.put(bucket.name(), bucket));
  }

  /// Uploads under way go with it.
  ///
  /// @throws S3Error when it does not exist or is not empty
  synchronized void delete(String name) throws IOException {
    String inside = bucket(name).path();
    String next = objects.ceilingKey(inside);
    if (next != null && next.startsWith(inside)) {
      throw ErrorCode.BUCKET_NOT_EMPTY.error();
    }
    for (Version upload : uploads.values()) {
      if (upload.path().startsWith(inside)) {
        end(upload, upload.parts().values());
      }
    }
    Files.delete(bucketFile(name));
    buckets.remove(name);
  }

  /// Writes a content.
  interface Filling {
    void into(Incoming content) throws IOException;
  }

  /// Stores a content, on the disk when this returns. After a failure nothing is left.
  ///
  /// @param checksum the one that the part keeps
  Part receive(int number, Instant now, Checksum checksum, Filling filling) throws IOException {
    String file = UUID.randomUUID().toString();
    try (FileChannel channel = create(data(file))) {
      Incoming content = new Incoming(Channels.newOutputStream(channel)).calculate(checksum);
      filling.into(content);
      channel.force(true);
      return content.part(number, file, checksum, now);
    } catch (S3Error | IOException e) {
      Files.deleteIfExists(data(file));
      throw e;
    }
  }

  /// All objects, by path.
  NavigableMap<String, Version> objects() {
    return Collections.unmodifiableNavigableMap(objects);
  }

  /// Takes hold of the current version: its contents stay until they are released, also when the
  /// object is replaced or removed.
  Version hold(String path) {
    while (true) {
      Version version = found(objects.get(path), ErrorCode.NO_SUCH_KEY);
      if (version.holders().getAndUpdate(n -> n == 0 ? 0 : n + 1) > 0) {
        return version;
      }
    }
  }

  void release(Version version) throws IOException {
    if (version.holders().decrementAndGet() == 0) {
      delete(version.parts().values());
    }
  }

  /// Copies a range of a held version. Its end is the range's end, never earlier.
  void send(Version version, long from, long length, OutputStream out) throws IOException {
    byte[] buffer = new byte[(int) Math.clamp(length, 1, BUFFER_BYTES)];
    long skip = from;
    long left = length;
    for (Part part : version.parts().values()) {
      if (left > 0 && skip < part.size()) {
        long wanted = Math.min(left, part.size() - skip);
        try (InputStream in = Files.newInputStream(data(part.file()))) {
          in.skipNBytes(skip);
          for (long to = left - wanted; left > to; ) {
            int n = in.read(buffer, 0, (int) Math.min(left - to, buffer.length));
            if (n < 0) {
              throw new EOFException("a content of " + version.path() + " is cut");
            }
            out.write(buffer, 0, n);
            left -= n;
          }
        }
      }
      skip = Math.max(0, skip - part.size());
    }
  }

  /// Makes a version the current one if the condition holds at this moment. After a failure the old
  /// one is still there, and the new one's contents are gone.
  void put(Version object, Condition condition) throws IOException {
    try {
      replace(object, condition);
    } catch (S3Error | IOException e) {
      if (objects.get(object.path()) != object) {
        release(object);
      }
      throw e;
    }
  }

  private void replace(Version object, Condition condition) throws IOException {
    commit(
        object.facts(),
        objectFile(object.path()),
        () -> {
          bucket(object.bucket());
          condition.check(objects.get(object.path()));
        },
        () -> drop(objects.put(object.path(), object)));
  }

  private void drop(Version replaced) throws IOException {
    if (replaced != null) {
      release(replaced);
    }
  }

  /// Removes the current version if the condition holds at this moment.
  synchronized void remove(String path, Condition condition) throws IOException {
    condition.check(objects.get(path));
    Files.deleteIfExists(objectFile(path));
    drop(objects.remove(path));
  }

  Collection<Version> uploads() {
    return Collections.unmodifiableCollection(uploads.values());
  }

  /// @throws S3Error when there is no such upload of this object
  Version upload(String id, String path) {
    Version upload = uploads.get(id);
    return found(
        upload != null && upload.path().equals(path) ? upload : null, ErrorCode.NO_SUCH_UPLOAD);
  }

  void begin(Version upload) throws IOException {
    commit(
        upload.facts(),
        folder.resolve("uploads", upload.id()),
        () -> bucket(upload.bucket()),
        () -> uploads.put(upload.id(), upload));
  }

  /// Adds a part, or replaces the one of its number. After a failure its content is gone.
  void add(Version upload, Part part) throws IOException {
    Properties facts = new Properties();
    part.putInto(facts);
    try {
      commit(
          facts,
          partFile(upload, part.number()),
          () -> upload(upload.id(), upload.path()),
          () -> {
            Part replaced = upload.parts().put(part.number(), part);
            delete(replaced == null ? List.of() : List.of(replaced));
          });
    } catch (S3Error | IOException e) {
      if (upload.parts().get(part.number()) != part) {
        delete(List.of(part));
      }
      throw e;
    }
  }

  /// Makes the object of an upload the current version and ends the upload; parts that are not in
  /// it go. Done before, it says so again. After a refusal the upload is as it was.
  ///
  /// @param making the object of the upload, or throws
  synchronized Version complete(
      String id, String path, Condition condition, UnaryOperator<Version> making)
      throws IOException {
    Version made = objects.get(path);
    if (made == null || !made.id().equals(id)) {
      Version upload = upload(id, path);
      made = making.apply(upload);
      replace(made, condition);
      Set<Part> unused = new HashSet<>(upload.parts().values());
      unused.removeAll(made.parts().values());
      end(upload, unused);
    }
    return made;
  }

  /// Forgets an upload and its parts.
  synchronized void abort(String id, String path) throws IOException {
    Version upload = upload(id, path);
    end(upload, upload.parts().values());
  }

  private void end(Version upload, Collection<Part> unused) throws IOException {
    Files.delete(folder.resolve("uploads", upload.id()));
    uploads.remove(upload.id());
    for (int number : upload.parts().keySet()) {
      Files.delete(partFile(upload, number));
    }
    delete(unused);
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
