package dev.vat.sandbox;

import java.io.IOException;
import java.nio.channels.Channels;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;

/// The version that a copy reads, pinned until closed.
///
/// @param whole pins the version
record CopySource(Bucket bucket, StoredObject object, ObjectReader whole) implements AutoCloseable {
  /// Finds what `x-amz-copy-source` names and checks the conditions on it.
  static CopySource open(ObjectFiles files, Call call) {
    String source = call.header("x-amz-copy-source").orElseThrow();
    if (source.contains("?")) {
      throw ErrorCode.NOT_IMPLEMENTED.error("The sandbox keeps no versions.");
    }
    String path = UriText.decode(source.startsWith("/") ? source.substring(1) : source, false);
    int slash = path.indexOf('/');
    if (slash < 1 || slash == path.length() - 1) {
      throw ErrorCode.INVALID_ARGUMENT.error("Copy Source must mention the source bucket and key");
    }
    Bucket bucket = files.bucket(path.substring(0, slash));
    while (true) {
      StoredObject object = bucket.object(path.substring(slash + 1));
      if (!Conditions.isNews(call, "x-amz-copy-source-", object)) {
        throw ErrorCode.PRECONDITION_FAILED.error();
      }
      Optional<ObjectReader> whole = bucket.read(object, 0, object.size());
      if (whole.isPresent()) {
        return new CopySource(bucket, object, whole.get());
      }
    }
  }

  /// Stores the whole, or a range, as a new content of `target`.
  Part store(
      Bucket target,
      int number,
      Instant now,
      ChecksumAlgorithm algorithm,
      Optional<ByteRange> range)
      throws IOException {
    ByteRange wanted = range.orElse(new ByteRange(0, object.size(), object.size()));
    try (ObjectReader reader =
        bucket
            .read(object, wanted.from(), wanted.length())
            .orElseThrow(ErrorCode.NO_SUCH_KEY::error)) {
      return target.store(
          number,
          now,
          algorithm,
          out -> {
            Digests digests = new Digests(EnumSet.of(algorithm));
            digests.pump(
                Channels.newInputStream(reader), out, wanted.length(), RequestBody.MAX_PUT_BYTES);
            return digests;
          });
    }
  }

  @Override
  public void close() throws IOException {
    whole.close();
  }
}
