package dev.vat.cloud;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Computes what ETag a content would have, for several sizes of parts in one pass over its bytes.
///
/// Memory is some hundred bytes for each size, whatever the content's. For one content and one
/// thread.
public final class PartSums {
  private final List<Cut> cuts = new ArrayList<>();

  /// @param partBytes the sizes of parts, each from 1
  public PartSums(Collection<Long> partBytes) {
    partBytes.forEach(size -> cuts.add(new Cut(size)));
  }

  /// Computes nothing.
  public static PartSums none() {
    return new PartSums(List.of());
  }

  /// Takes the content's next bytes.
  public void update(byte[] bytes, int offset, int length) {
    cuts.forEach(cut -> cut.update(bytes, offset, length));
  }

  /// Ends it, once.
  ///
  /// @return the ETags by sizes of parts; none for a size of which there are too many
  public Map<Long, ETag> etags() {
    Map<Long, ETag> etags = new LinkedHashMap<>();
    for (Cut cut : cuts) {
      cut.end();
      if (cut.count <= MultipartETag.MAX_PARTS) {
        String md5 = HexFormat.of().formatHex(cut.all.digest());
        etags.put(cut.partBytes, new ETag(new MultipartETag(md5, cut.count).toString()));
      }
    }
    return etags;
  }

  private static final class Cut {
    private final long partBytes;
    private final MessageDigest all = md5();
    private final MessageDigest part = md5();
    private long missing;
    private int count;

    private Cut(long partBytes) {
      if (partBytes < 1) {
        throw new IllegalArgumentException("no size of a part: " + partBytes);
      }
      this.partBytes = partBytes;
      this.missing = partBytes;
    }

    private void update(byte[] bytes, int offset, int length) {
      for (int done = 0; done < length; ) {
        int step = (int) Math.min(missing, length - done);
        part.update(bytes, offset + done, step);
        done += step;
        missing -= step;
        if (missing == 0) {
          endPart();
        }
      }
    }

    private void endPart() {
      all.update(part.digest());
      count++;
      missing = partBytes;
    }

    private void end() {
      if (missing < partBytes || count == 0) {
        endPart();
      }
    }

    private static MessageDigest md5() {
      try {
        return MessageDigest.getInstance("MD5");
      } catch (NoSuchAlgorithmException impossible) {
        throw new AssertionError("every Java platform has MD5", impossible);
      }
    }
  }
}
