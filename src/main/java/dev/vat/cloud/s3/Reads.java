package dev.vat.cloud.s3;

import dev.vat.cloud.ETag;
import dev.vat.cloud.ObjectFacts;
import dev.vat.cloud.StoreException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.util.Optional;

/// Reads of exactly one version.
final class Reads {
  private final Bucket bucket;
  private final Lookups lookups;
  private final Presigning presigning;
  private final LeanTransport transport;

  Reads(Bucket bucket, Lookups lookups, Presigning presigning, LeanTransport transport) {
    this.bucket = bucket;
    this.lookups = lookups;
    this.presigning = presigning;
    this.transport = transport;
  }

  InputStream read(String key, ETag version, long offset, long length) throws StoreException {
    if (offset < 0 || length < 0) {
      throw new IllegalArgumentException("no range: " + offset + " and " + length);
    }
    if (length == 0) {
      return nothing(key, version);
    }
    Doing doing = new Doing("read", key, "s3:GetObject");
    return bucket
        .retries()
        .run(
            doing,
            _ -> {
              try {
                return open(doing, key, version, offset, length);
              } catch (FaultException e) {
                boolean other =
                    e.fault() instanceof Fault.Answered answered
                        && (answered.status() == 412
                            || answered.status() == 404 && !answered.is("NoSuchBucket"));
                if (other) {
                  throw bucket.errors().changed(key);
                }
                if (Thaws.meansFrozen(e.fault())) {
                  throw Thaws.frozen(lookups, bucket.errors(), doing, key);
                }
                throw e;
              }
            });
  }

  /// HTTP has no range of zero bytes.
  private InputStream nothing(String key, ETag version) throws StoreException {
    Optional<ETag> there = lookups.head(key).map(ObjectFacts::summary).map(s -> s.etag());
    if (!there.equals(Optional.of(version))) {
      throw bucket.errors().changed(key);
    }
    return InputStream.nullInputStream();
  }

  private InputStream open(Doing doing, String key, ETag version, long offset, long length)
      throws FaultException, StoreException {
    HttpURLConnection connection = transport.get(presigning.get(key, version, offset, length));
    boolean good = false;
    try {
      requireVersion(doing, key, version, connection);
      requireRange(doing, connection, offset, length);
      InputStream stream =
          new RangeStream(
              connection,
              LeanTransport.body(connection),
              length,
              "s3://" + bucket.name() + "/" + key);
      good = true;
      return stream;
    } finally {
      if (!good) {
        connection.disconnect();
      }
    }
  }

  /// Not every server minds `If-Match` on reads; all of them name the version.
  private void requireVersion(Doing doing, String key, ETag version, HttpURLConnection connection)
      throws StoreException {
    if (!bucket.version(doing, connection.getHeaderField("ETag")).equals(version)) {
      throw bucket.errors().changed(key);
    }
  }

  private void requireRange(Doing doing, HttpURLConnection connection, long offset, long length)
      throws FaultException, StoreException {
    String range = String.valueOf(connection.getHeaderField("Content-Range"));
    boolean asked = range.startsWith("bytes " + offset + "-" + (offset + length - 1) + "/");
    // The whole object, in an answer to a range that is the whole object, is as good.
    boolean whole = range.equals("null") && offset == 0;
    if (!(asked || whole) || connection.getContentLengthLong() != length) {
      throw bucket
          .errors()
          .unexpected(
              doing,
              "sent another range than the "
                  + length
                  + " bytes from "
                  + offset
                  + " that were asked for");
    }
  }
}
