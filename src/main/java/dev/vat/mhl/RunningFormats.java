package dev.vat.mhl;

import com.dynatrace.hash4j.hashing.HashStream128;
import com.dynatrace.hash4j.hashing.HashStream64;
import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hashing;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/// The digests of the bytes that came so far, in whatever formats a history speaks: each is
/// computed in the same reading. Not for several threads.
public final class RunningFormats {
  private interface Running {
    void update(byte[] bytes, int offset, int length);

    Digest finish();
  }

  private final List<Running> all = new ArrayList<>();

  public RunningFormats(Set<HashFormat> formats) {
    formats.stream().sorted().map(RunningFormats::start).forEach(all::add);
  }

  public void update(byte[] bytes, int offset, int length) {
    for (Running one : all) {
      one.update(bytes, offset, length);
    }
  }

  /// Of all that came; nothing may be added afterwards.
  public Map<HashFormat, Digest> finish() {
    Map<HashFormat, Digest> digests = new EnumMap<>(HashFormat.class);
    for (Running one : all) {
      Digest digest = one.finish();
      digests.put(digest.format(), digest);
    }
    return digests;
  }

  private static Running start(HashFormat format) {
    return switch (format) {
      case C4 -> message(Algorithms.sha512(), C4::of);
      case MD5 -> message(Algorithms.md5(), bytes -> hex(HashFormat.MD5, bytes));
      case SHA1 -> message(Algorithms.sha1(), bytes -> hex(HashFormat.SHA1, bytes));
      case XXH128 -> xxh128();
      case XXH3 -> stream(format, Hashing.xxh3_64().hashStream());
      case XXH64 -> stream(format, Hashing.xxh64().hashStream());
    };
  }

  private static Digest hex(HashFormat format, byte[] bytes) {
    return new Digest(format, HexFormat.of().formatHex(bytes));
  }

  private static Running message(MessageDigest digest, Function<byte[], Digest> written) {
    return new Running() {
      @Override
      public void update(byte[] bytes, int offset, int length) {
        digest.update(bytes, offset, length);
      }

      @Override
      public Digest finish() {
        return written.apply(digest.digest());
      }
    };
  }

  private static Running stream(HashFormat format, HashStream64 stream) {
    return new Running() {
      @Override
      public void update(byte[] bytes, int offset, int length) {
        stream.putBytes(bytes, offset, length);
      }

      @Override
      public Digest finish() {
        return new Digest(format, HexFormat.of().toHexDigits(stream.getAsLong()));
      }
    };
  }

  private static Running xxh128() {
    HashStream128 stream = Hashing.xxh3_128().hashStream();
    return new Running() {
      @Override
      public void update(byte[] bytes, int offset, int length) {
        stream.putBytes(bytes, offset, length);
      }

      @Override
      public Digest finish() {
        HashValue128 value = stream.get();
        HexFormat hex = HexFormat.of();
        return new Digest(
            HashFormat.XXH128,
            hex.toHexDigits(value.getMostSignificantBits())
                + hex.toHexDigits(value.getLeastSignificantBits()));
      }
    };
  }
}
