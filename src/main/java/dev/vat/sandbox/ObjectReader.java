package dev.vat.sandbox;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.StandardOpenOption;
import java.util.Iterator;

/// Reads a range of one version of an object, which stays readable when it is replaced or deleted
/// meanwhile. Ends where the range ends, never before.
final class ObjectReader implements ReadableByteChannel {
  private final Bucket bucket;
  private final StoredObject object;
  private final Iterator<Part> parts;
  private FileChannel file;
  private long skip;
  private long left;
  private boolean open = true;

  /// @param object whose lease was entered; left on [#close]
  ObjectReader(Bucket bucket, StoredObject object, long from, long length) {
    this.bucket = bucket;
    this.object = object;
    this.parts = object.parts().iterator();
    this.skip = from;
    this.left = length;
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    if (left == 0) {
      return -1;
    }
    while (file == null) {
      Part part = parts.next();
      if (skip >= part.size()) {
        skip -= part.size();
      } else {
        file = FileChannel.open(bucket.data(part.file()), StandardOpenOption.READ);
        file.position(skip);
        skip = 0;
      }
    }
    int limit = into.limit();
    into.limit((int) Math.min(limit, into.position() + left));
    int n = file.read(into);
    into.limit(limit);
    if (n < 0) {
      throw new EOFException("data of " + object.key() + " is shorter than it was");
    }
    left -= n;
    if (left > 0 && file.position() == file.size()) {
      file.close();
      file = null;
    }
    return n;
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public void close() throws IOException {
    if (open) {
      open = false;
      if (file != null) {
        file.close();
      }
      if (object.lease().leave()) {
        bucket.deleteData(object.parts());
      }
    }
  }
}
