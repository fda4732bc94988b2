package dev.vat.cloud;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Random;

/// Contents that tests store, and contents that are not what they say of themselves.
final class SampleBodies {
  private SampleBodies() {}

  static Body text(String text) {
    return Body.of(text.getBytes(UTF_8));
  }

  static byte[] random(int size, long seed) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  /// A body whose bytes are no longer those of its checksum.
  record AnotherSum(Body body, int crc32) implements Body {
    @Override
    public long sizeBytes() {
      return body.sizeBytes();
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      body.writeTo(out);
    }
  }

  /// A body that is no longer as long as it was.
  record AnotherSize(Body body, long sizeBytes) implements Body {
    @Override
    public int crc32() throws IOException {
      return body.crc32();
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      body.writeTo(out);
    }
  }
}
