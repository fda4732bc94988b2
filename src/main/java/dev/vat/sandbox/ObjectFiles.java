package dev.vat.sandbox;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;

/// The sandbox's folder: a folder for each bucket, locked against a second server. Thread-safe.
final class ObjectFiles implements AutoCloseable {
  static final String BUCKET_FACTS = "bucket";

  private final Path folder;
  private final FileChannel lock;
  private final NavigableMap<String, Bucket> buckets = new ConcurrentSkipListMap<>();

  private ObjectFiles(Path folder, FileChannel lock) {
    this.folder = folder;
    this.lock = lock;
  }

  /// Opens the folder, making it where it is not there, and clears away what a crash left behind.
  ///
  /// @throws IOException also when another sandbox uses it
  static ObjectFiles open(Path dir) throws IOException {
    Path folder = Files.createDirectories(dir.resolve("buckets"));
    FileChannel channel =
        FileChannel.open(dir.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    ObjectFiles files = new ObjectFiles(folder, channel);
    try {
      if (!locked(channel)) {
        throw new IOException(
            "The folder " + dir + " is in use by another sandbox. Stop that one or name another.");
      }
      files.load();
      return files;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private void load() throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path place : entries) {
        if (Files.exists(place.resolve(BUCKET_FACTS))) {
          Map<String, String> facts = FactFile.read(place.resolve(BUCKET_FACTS));
          Instant created = Instant.parse(facts.get("created"));
          Bucket bucket = new Bucket(facts.get("name"), place, created, facts.get("region"));
          bucket.load();
          buckets.put(bucket.name, bucket);
        } else {
          Bucket.deleteTree(place);
        }
      }
    }
  }

  NavigableMap<String, Bucket> buckets() {
    return buckets;
  }

  Bucket bucket(String name) {
    return Optional.ofNullable(buckets.get(name)).orElseThrow(ErrorCode.NO_SUCH_BUCKET::error);
  }

  /// S3's naming rules, those that are about characters.
  ///
  /// @throws IllegalArgumentException when a bucket cannot have this name
  static void checkBucketName(String name) {
    if (!name.matches("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
        || name.contains("..")
        || name.matches("[\\d.]+")) {
      throw new IllegalArgumentException(
          "a bucket's name is 3 to 63 of a-z, 0-9, '.' and '-', such as my-videos; not " + name);
    }
  }

  /// @throws S3Error when there is one already
  synchronized void create(String name, Instant now, String region) throws IOException {
    if (buckets.containsKey(name)) {
      throw ErrorCode.BUCKET_ALREADY_OWNED_BY_YOU.error();
    }
    Path place = folder.resolve(UUID.randomUUID().toString());
    Bucket bucket = new Bucket(name, place, now, region);
    FactFile.write(
        place.resolve(BUCKET_FACTS),
        Map.of("name", name, "created", now.toString(), "region", region));
    buckets.put(name, bucket);
  }

  /// @throws S3Error when it does not exist or is not empty
  synchronized void delete(String name) throws IOException {
    bucket(name).delete();
    buckets.remove(name);
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
