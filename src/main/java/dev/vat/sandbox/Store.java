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
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.NavigableMap;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// The sandbox's folder, with an index in memory. Thread-safe.
///
/// `data/` holds contents under random names, `facts/` a text file for everything that is stored,
/// named by the SHA-256 of its name, for keys are no file names. Facts come by an atomic rename and
/// count from then on; all changes happen one after the other, facts before contents. A content
/// that no facts name is swept away at the next start.
final class Store implements AutoCloseable {
  /// The order of S3's listings.
  static final Comparator<String> BY_UTF8 =
      Comparator.comparing(s -> s.getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);

  private static final int BUFFER_BYTES = 128 * 1024;

  private final Path folder;
  private final FileChannel lock;
  private final NavigableMap<String, Stored> index = new ConcurrentSkipListMap<>(BY_UTF8);

  private Store(Path folder, FileChannel lock) {
    this.folder = folder;
    this.lock = lock;
  }

  /// Opens the folder, making it where it is not there, and clears away what a crash left behind.
  ///
  /// @throws IOException also when another sandbox uses it
  static Store open(Path folder) throws IOException {
    Files.createDirectories(folder.resolve("data"));
    Files.createDirectories(folder.resolve("facts"));
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
    for (Path file : files("facts")) {
      Properties text = new Properties();
      try (InputStream in = Files.newInputStream(file)) {
        text.load(in);
      }
      Stored stored = Stored.of(text);
      index.put(stored.name(), stored);
    }
    // Uploads that were being ended: their object is there, or they are not.
    for (Stored upload : under("?").toList()) {
      String id = upload.fact("id");
      if (isDone(id, upload.fact("path")) || !index.containsKey("?" + id)) {
        forget(upload.name());
      }
    }
    Set<Path> stray = new HashSet<>(files("data"));
    for (Stored stored : index.values()) {
      for (Part part : stored.parts()) {
        boolean there = stray.remove(data(part));
        if (!there && stored.bucket().isEmpty()) {
          forget(stored.name());
        } else if (!there) {
          throw new IOException(
              "The sandbox's folder " + folder + " lacks contents. Begin with an empty one.");
        }
      }
    }
    for (Path file : stray) {
      Files.delete(file);
    }
  }

  private List<Path> files(String place) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve(place))) {
      return files.toList();
    }
  }

  Path data(Part part) {
    return folder.resolve("data", part.file());
  }

  private Path facts(String name) {
    byte[] sha256 = Checksum.SHA256.start().digest(name.getBytes(StandardCharsets.UTF_8));
    return folder.resolve("facts", HexFormat.of().formatHex(sha256));
  }

  /// Fills in a content, and checks it.
  interface Filling {
    void into(Incoming content) throws IOException;
  }

  /// Writes a new file, flushed. After a failure it is not there.
  private static Incoming write(Path file, Filling filling) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      Incoming content = new Incoming(Channels.newOutputStream(channel));
      filling.into(content);
      channel.force(true);
      return content;
    } catch (S3Error | IOException e) {
      Files.deleteIfExists(file);
      throw e;
    }
  }

  private Path unnamed() {
    return folder.resolve("data", UUID.randomUUID().toString());
  }

  /// Stores a content, on the disk when this returns. After a failure nothing is left.
  ///
  /// @param checksum the one that the part keeps
  Part receive(int number, Instant now, Checksum checksum, Filling filling) throws IOException {
    Path file = unnamed();
    Incoming content =
        write(
            file,
            in -> {
              in.calculate(checksum);
              filling.into(in);
            });
    String md5 = HexFormat.of().formatHex(content.md5());
    String name = file.getFileName().toString();
    return new Part(number, name, content.size(), md5, content.base64(checksum), now);
  }

  /// Everything from this name on, in order.
  Iterable<Stored> from(String name) {
    return index.tailMap(name).values();
  }

  /// Everything whose name begins so, in order.
  Stream<Stored> under(String prefix) {
    return index.tailMap(prefix).values().stream().takeWhile(s -> s.name().startsWith(prefix));
  }

  private Stored find(String name, ErrorCode otherwise) {
    Stored stored = index.get(name);
    otherwise.when(stored == null);
    return stored;
  }

  Stored bucket(String name) {
    return find("/" + name + "/", ErrorCode.NO_SUCH_BUCKET);
  }

  /// An object's facts: its contents may go at any time.
  Stored object(String path) {
    return find(path, ErrorCode.NO_SUCH_KEY);
  }

  /// @param path of the object to be
  Stored upload(String id, String path) {
    Stored upload = find("?" + id, ErrorCode.NO_SUCH_UPLOAD);
    ErrorCode.NO_SUCH_UPLOAD.when(
        !upload.fact("path").equals(path) || !upload.fact("id").equals(id));
    return upload;
  }

  /// The uploads to places that begin so, in no order.
  Stream<Stored> uploads(String bucket) {
    return under("?")
        .filter(u -> u.facts().containsKey("type"))
        .filter(u -> u.fact("path").startsWith(bucket));
  }

  /// The parts of an upload, in order.
  List<Part> parts(String id) {
    return under("?" + id + "/").flatMap(p -> p.parts().stream()).toList();
  }

  /// Takes hold of an object: its contents stay until they are released, also when it is replaced
  /// or removed meanwhile.
  Stored hold(String path) {
    while (true) {
      Stored object = find(path, ErrorCode.NO_SUCH_KEY);
      if (object.holders().getAndUpdate(n -> n == 0 ? 0 : n + 1) > 0) {
        return object;
      }
    }
  }

  void release(Stored held) throws IOException {
    if (held.holders().decrementAndGet() == 0) {
      for (Part part : held.parts()) {
        Files.deleteIfExists(data(part));
      }
    }
  }

  /// Copies a range of a held object; returns only when it was whole.
  void send(Stored object, long from, long length, OutputStream out) throws IOException {
    byte[] buffer = new byte[(int) Math.clamp(length, 1, BUFFER_BYTES)];
    long skip = from;
    long left = length;
    for (Part part : object.parts()) {
      if (left > 0 && skip < part.size()) {
        long after = Math.max(0, left - (part.size() - skip));
        try (InputStream in = Files.newInputStream(data(part))) {
          in.skipNBytes(skip);
          while (left > after) {
            int n = in.read(buffer, 0, (int) Math.min(left - after, buffer.length));
            if (n < 0) {
              throw new EOFException("a content of " + object.name() + " is cut");
            }
            out.write(buffer, 0, n);
            left -= n;
          }
        }
      }
      skip = Math.max(0, skip - part.size());
    }
  }

  /// Stores it in place of what has its name, if the condition holds at this moment. After a
  /// failure the old one is still there, and the new one's contents are gone.
  void put(Stored stored, Condition condition) throws IOException {
    try {
      replace(stored, condition);
    } catch (S3Error | IOException e) {
      Stored current = index.get(stored.name());
      if (current == null || current.holders() != stored.holders()) {
        release(stored);
      }
      throw e;
    }
  }

  private void replace(Stored stored, Condition condition) throws IOException {
    Path draft = unnamed();
    try {
      write(draft, stored::writeTo);
      synchronized (this) {
        if (!stored.bucket().isEmpty() && !stored.key().isEmpty()) {
          bucket(stored.bucket());
        }
        condition.check(index.get(stored.name()));
        Files.move(draft, facts(stored.name()), StandardCopyOption.ATOMIC_MOVE);
        Stored replaced = index.put(stored.name(), stored);
        if (replaced != null) {
          release(replaced);
        }
      }
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  /// Changes the facts of what is stored, its contents stay. After a refusal or a failure it is as
  /// it was.
  ///
  /// @param otherwise when it is not there
  /// @param change gives the same back to leave it as it is
  synchronized Stored change(String name, ErrorCode otherwise, UnaryOperator<Stored> change)
      throws IOException {
    Stored old = find(name, otherwise);
    Stored changed = change.apply(old);
    if (changed != old) {
      Path draft = unnamed();
      try {
        write(draft, changed::writeTo);
        Files.move(draft, facts(name), StandardCopyOption.ATOMIC_MOVE);
        index.put(name, changed);
      } finally {
        Files.deleteIfExists(draft);
      }
    }
    return changed;
  }

  /// Removes an object if the condition holds at this moment.
  synchronized void remove(String path, Condition condition) throws IOException {
    condition.check(index.get(path));
    if (index.containsKey(path)) {
      release(forget(path));
    }
  }

  private Stored forget(String name) throws IOException {
    Files.delete(facts(name));
    return index.remove(name);
  }

  /// Removes a bucket; uploads under way go with it.
  ///
  /// @throws S3Error when it does not exist or is not empty
  synchronized void removeBucket(String name) throws IOException {
    String bucket = bucket(name).name();
    ErrorCode.BUCKET_NOT_EMPTY.when(under(bucket).limit(2).count() > 1);
    for (Stored upload : under("?").filter(u -> u.fact("path").startsWith(bucket)).toList()) {
      release(forget(upload.name()));
    }
    forget(bucket);
  }

  /// Makes the object of an upload the current one and ends the upload. Done before, it says so
  /// again. After a refusal the upload is as it was.
  ///
  /// @param making the object of the upload, or throws
  synchronized Stored complete(
      String id, String path, Condition condition, Function<Stored, Stored> making)
      throws IOException {
    if (isDone(id, path)) {
      return index.get(path);
    }
    Stored object = making.apply(upload(id, path));
    replace(object, condition);
    end(id, Set.copyOf(object.parts()));
    return object;
  }

  private boolean isDone(String id, String path) {
    Stored object = index.get(path);
    return object != null && object.fact("id").equals(id);
  }

  /// Forgets an upload and its parts.
  synchronized void abort(String id, String path) throws IOException {
    upload(id, path);
    end(id, Set.of());
  }

  private void end(String id, Set<Part> kept) throws IOException {
    for (Stored ended : under("?" + id).toList()) {
      forget(ended.name());
      if (!kept.containsAll(ended.parts())) {
        release(ended);
      }
    }
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
