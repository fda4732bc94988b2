package dev.vat.cloud;

import static dev.vat.cloud.MultipartETag.MAX_PARTS;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// In what sizes tools cut files that they upload in parts. Every part but the last has the same
/// size; the table is in docs/formats.md.
public final class PartSizes {
  private static final long MIB = 1024 * 1024;
  private static final long GIB = 1024 * MIB;

  /// S3's limits for a part; the last may be smaller.
  private static final long SMALLEST = 5 * MIB;

  private static final long BIGGEST = 5 * GIB;

  /// Each candidate costs an MD5 over the whole file.
  private static final int MOST_CANDIDATES = 12;

  private PartSizes() {}

  /// How a tool cuts, as it comes: without settings of the user's.
  enum Tool {
    /// Also boto3. It doubles until the parts are few enough (`s3transfer`, ChunksizeAdjuster).
    AWS_CLI {
      @Override
      long partBytes(long sizeBytes) {
        long part = 8 * MIB;
        while (count(sizeBytes, part) > MAX_PARTS) {
          part *= 2;
        }
        return part;
      }
    },
    /// Also version 2 of the AWS CLI where it uses the common runtime.
    JAVA_SDK {
      @Override
      long partBytes(long sizeBytes) {
        return Math.max(8 * MIB, Math.ceilDiv(sizeBytes, MAX_PARTS));
      }
    },
    /// `s3manager`, which adds one byte when it cuts anew.
    GO_SDK {
      @Override
      long partBytes(long sizeBytes) {
        return grownByOne(sizeBytes, 5 * MIB);
      }
    },
    S5CMD {
      @Override
      long partBytes(long sizeBytes) {
        return grownByOne(sizeBytes, 50 * MIB);
      }
    },
    /// Rounded up to whole MiB (`fs/chunksize`).
    RCLONE {
      @Override
      long partBytes(long sizeBytes) {
        long part = 5 * MIB;
        if (count(sizeBytes, part) > MAX_PARTS) {
          part = Math.ceilDiv(sizeBytes / MAX_PARTS, MIB) * MIB;
        }
        return count(sizeBytes, part) > MAX_PARTS ? part + MIB : part;
      }
    },
    /// It refuses files that would need more parts.
    S3CMD {
      @Override
      long partBytes(long sizeBytes) {
        return 15 * MIB;
      }
    },
    /// As for its limit of 160 GiB, whatever the file's size.
    CONSOLE {
      @Override
      long partBytes(long sizeBytes) {
        return 17_179_870;
      }
    },
    /// Also restic and kopia: multiples of 16 MiB.
    MINIO {
      @Override
      long partBytes(long sizeBytes) {
        return Math.max(1, Math.ceilDiv(Math.ceilDiv(sizeBytes, MAX_PARTS), 16 * MIB)) * 16 * MIB;
      }
    };

    abstract long partBytes(long sizeBytes);

    private static long grownByOne(long sizeBytes, long part) {
      return sizeBytes / part >= MAX_PARTS ? sizeBytes / MAX_PARTS + 1 : part;
    }
  }

  /// The sizes of parts that a content of this size may have been cut in, when there are so many
  /// parts: first those of tools as they come, then whole MiB, which is what people set. Few enough
  /// to try each, so not every one that is possible.
  ///
  /// @return none when there cannot be so many parts
  public static List<Long> candidates(long sizeBytes, int parts) {
    if (parts == 1) {
      return List.of(Math.max(1, sizeBytes));
    }
    Set<Long> found = new LinkedHashSet<>();
    Arrays.stream(Tool.values()).map(tool -> tool.partBytes(sizeBytes)).forEach(found::add);
    long mib = Math.max(SMALLEST, Math.ceilDiv(sizeBytes, parts));
    for (long part = Math.ceilDiv(mib, MIB) * MIB;
        part <= BIGGEST && count(sizeBytes, part) == parts && found.size() < 4 * MOST_CANDIDATES;
        part += MIB) {
      found.add(part);
    }
    return found.stream()
        .filter(part -> count(sizeBytes, part) == parts)
        .limit(MOST_CANDIDATES)
        .toList();
  }

  /// Whether parts of this size, the last one smaller or equal, are so many.
  public static boolean fits(long sizeBytes, int parts, long partBytes) {
    return partBytes > 0 && count(sizeBytes, partBytes) == parts;
  }

  /// What the last part has then.
  public static long lastPartBytes(long sizeBytes, int parts, long partBytes) {
    return sizeBytes - (parts - 1) * partBytes;
  }

  private static long count(long sizeBytes, long partBytes) {
    return Math.max(1, Math.ceilDiv(sizeBytes, partBytes));
  }
}
