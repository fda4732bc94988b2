package dev.vat.sandbox;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Stream;

/// One bucket on disk, its index in memory. Thread-safe.
///
/// `data/` holds contents under random names, `objects/` a fact file for each key (named by the
/// key's SHA-256, for keys are no file names), `uploads/ID/` the fact files of an upload and its
/// parts. A content counts once a fact file names it; the rest is swept away at the next start.
final class Bucket {
  private static final int KEY_LOCKS = 64;
  private static final String UPLOAD_FACTS = "upload";

  final String name;
  final Instant created;
  final String region;
  private final Path folder;
  private final ConcurrentNavigableMap<String, StoredObject> objects =
      new ConcurrentSkipListMap<>(Bucket::byUtf8);
  private final ConcurrentMap<String, Upload> uploads = new ConcurrentHashMap<>();
  private final List<ReentrantLock> keyLocks =
      Stream.generate(ReentrantLock::new).limit(KEY_LOCKS).toList();
  private final ReadWriteLock life = new ReentrantReadWriteLock();
  private boolean gone;

  /// @param region empty for S3's first one
  Bucket(String name, Path folder, Instant created, String region) throws IOException {
    this.name = name;
    this.folder = folder;
    this.created = created;
    this.region = region;
    for (String sub : List.of("data", "objects", "uploads")) {
      Files.createDirectories(folder.resolve(sub));
    }
  }

  /// The order of the keys' UTF-8 bytes: that of the code points, which UTF-16 breaks only between
  /// surrogates and what lies above them.
  static int byUtf8(String a, String b) {
    int end = Math.min(a.length(), b.length());
    for (int i = 0; i < end; i++) {
      if (a.charAt(i) != b.charAt(i)) {
        return Integer.compare(rank(a.charAt(i)), rank(b.charAt(i)));
      }
    }
    return Integer.compare(a.length(), b.length());
  }

  private static int rank(char c) {
    return c < 0xD800 ? c : c < 0xE000 ? c + 0x2000 : c - 0x800;
  }

  /// Reads the index from the disk and removes what a crash left behind.
  void load() throws IOException {
    Set<String> data = names(folder.resolve("data"));
    Set<String> completed = new HashSet<>();
    Set<String> used = new HashSet<>();
    for (String file : names(folder.resolve("objects"))) {
      StoredObject object = StoredObject.of(FactFile.read(folder.resolve("objects", file)));
      objects.put(object.key(), object);
      completed.add(object.uploadId());
      object.parts().forEach(p -> used.add(p.file()));
    }
    if (!data.containsAll(used)) {
      throw new IOException(
          "The sandbox's folder "
              + folder
              + " lacks contents of its objects. Take it from a copy, or begin with an empty one.");
    }
    for (String id : names(folder.resolve("uploads"))) {
      loadUpload(id, completed, data).forEach(p -> used.add(p.file()));
    }
    data.removeAll(used);
    for (String file : data) {
      Files.delete(data(file));
    }
  }

  private Collection<Part> loadUpload(String id, Set<String> completed, Set<String> data)
      throws IOException {
    Path place = folder.resolve("uploads", id);
    Set<String> files = names(place);
    if (completed.contains(id) || !files.remove(UPLOAD_FACTS)) {
      deleteTree(place);
      return List.of();
    }
    Upload upload = Upload.of(id, FactFile.read(place.resolve(UPLOAD_FACTS)));
    for (String file : files) {
      String line = FactFile.read(place.resolve(file)).get("part");
      Part part = Part.ofLine(Integer.parseInt(file), line);
      if (data.contains(part.file())) {
        upload.parts().put(part.number(), part);
      }
    }
    uploads.put(id, upload);
    return upload.parts().values();
  }

  /// The names in a folder; half-written files are removed.
  static Set<String> names(Path place) throws IOException {
    Set<String> names = new TreeSet<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(place)) {
      for (Path entry : entries) {
        String file = entry.getFileName().toString();
        if (file.startsWith(FactFile.TEMPORARY)) {
          Files.delete(entry);
        } else {
          names.add(file);
        }
      }
    }
    return names;
  }

  static void deleteTree(Path place) throws IOException {
    if (Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
      for (String file : names(place)) {
        deleteTree(place.resolve(file));
      }
    }
    Files.delete(place);
  }

  Path data(String file) {
    return folder.resolve("data", file);
  }

  void deleteData(Collection<Part> parts) throws IOException {
    for (Part part : parts) {
      Files.deleteIfExists(data(part.file()));
    }
  }

  /// Writes a content.
  interface Filling {
    Digests into(OutputStream out) throws IOException;
  }

  /// Stores a content, on the disk when this returns. After a failure nothing is left.
  ///
  /// @param checksum which of the digests the part keeps
  Part store(int number, Instant now, ChecksumAlgorithm checksum, Filling filling)
      throws IOException {
    String file = UUID.randomUUID().toString();
    boolean stored = false;
    try (FileChannel channel =
        FileChannel.open(data(file), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      Digests digests = filling.into(Channels.newOutputStream(channel));
      channel.force(true);
      stored = true;
      return new Part(
          number, file, digests.size(), digests.md5Hex(), digests.base64(checksum), now);
    } finally {
      if (!stored) {
        Files.deleteIfExists(data(file));
      }
    }
  }

  ConcurrentNavigableMap<String, StoredObject> objects() {
    return objects;
  }

  StoredObject object(String key) {
    return Optional.ofNullable(objects.get(key)).orElseThrow(ErrorCode.NO_SUCH_KEY::error);
  }

  /// Opens a range of exactly this version.
  ///
  /// @return empty when it was replaced or removed since
  Optional<ObjectReader> read(StoredObject version, long from, long length) {
    return version.lease().enter()
        ? Optional.of(new ObjectReader(this, version, from, length))
        : Optional.empty();
  }

  private interface Change {
    void run() throws IOException;
  }

  /// Runs a change alone on its key, in a bucket that stays.
  private void change(String key, Change change) throws IOException {
    ReentrantLock lock = keyLocks.get(Math.floorMod(key.hashCode(), KEY_LOCKS));
    life.readLock().lock();
    lock.lock();
    try {
      if (gone) {
        throw ErrorCode.NO_SUCH_BUCKET.error();
      }
      change.run();
    } finally {
      lock.unlock();
      life.readLock().unlock();
    }
  }

  private Path facts(String key) {
    byte[] sha256 = Digests.of("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
    return folder.resolve("objects", HexFormat.of().formatHex(sha256));
  }

  /// Makes a version the current one if the condition holds at this moment. After a failure the old
  /// one is still there, and the new one's contents are the caller's to delete.
  void put(StoredObject object, Conditions.OnWrite condition) throws IOException {
    change(
        object.key(),
        () -> {
          condition.check(Optional.ofNullable(objects.get(object.key())));
          FactFile.write(facts(object.key()), object.facts());
          drop(objects.put(object.key(), object));
        });
  }

  /// Removes the current version if the condition holds at this moment.
  void remove(String key, Conditions.OnWrite condition) throws IOException {
    change(
        key,
        () -> {
          condition.check(Optional.ofNullable(objects.get(key)));
          Files.deleteIfExists(facts(key));
          drop(objects.remove(key));
        });
  }

  private void drop(StoredObject replaced) throws IOException {
    if (replaced != null && replaced.lease().drop()) {
      deleteData(replaced.parts());
    }
  }

  Collection<Upload> uploads() {
    return uploads.values();
  }

  /// @throws S3Error when there is no such upload of this key
  Upload upload(String id, String key) {
    return Optional.ofNullable(uploads.get(id))
        .filter(u -> u.key().equals(key))
        .orElseThrow(ErrorCode.NO_SUCH_UPLOAD::error);
  }

  void begin(Upload upload) throws IOException {
    change(
        upload.key(),
        () -> {
          Path place = Files.createDirectory(folder.resolve("uploads", upload.id()));
          FactFile.write(place.resolve(UPLOAD_FACTS), upload.facts());
          uploads.put(upload.id(), upload);
        });
  }

  /// Adds a part, or replaces the one of its number.
  void add(Upload upload, Part part) throws IOException {
    synchronized (upload) {
      upload(upload.id(), upload.key());
      FactFile.write(
          folder.resolve("uploads", upload.id(), Integer.toString(part.number())),
          Map.of("part", part.line()));
      Part replaced = upload.parts().put(part.number(), part);
      if (replaced != null) {
        deleteData(List.of(replaced));
      }
    }
  }

  /// Makes the object of an upload the current version, and ends the upload. Its other parts go.
  /// After a refusal the upload is as it was. The caller holds the upload's monitor.
  void complete(Upload upload, StoredObject object, Conditions.OnWrite condition)
      throws IOException {
    put(object, condition);
    Set<Part> unused = new HashSet<>(upload.parts().values());
    object.parts().forEach(unused::remove);
    end(upload, unused);
  }

  /// Forgets an upload and its parts.
  void abort(Upload upload) throws IOException {
    synchronized (upload) {
      upload(upload.id(), upload.key());
      end(upload, upload.parts().values());
    }
  }

  private void end(Upload upload, Collection<Part> unused) throws IOException {
    uploads.remove(upload.id());
    deleteTree(folder.resolve("uploads", upload.id()));
    deleteData(unused);
  }

  /// Removes the bucket itself; uploads under way go with it. Its empty folder goes at the next
  /// start, when surely nobody reads from it.
  ///
  /// @throws S3Error when it holds objects
  void delete() throws IOException {
    life.writeLock().lock();
    try {
      if (!objects.isEmpty()) {
        throw ErrorCode.BUCKET_NOT_EMPTY.error();
      }
      gone = true;
      Files.deleteIfExists(folder.resolve(ObjectFiles.BUCKET_FACTS));
    } finally {
      life.writeLock().unlock();
    }
    for (Upload upload : List.copyOf(uploads.values())) {
      abort(upload);
    }
  }
}
