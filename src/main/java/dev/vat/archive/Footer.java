package dev.vat.archive;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/// The last 51 bytes: an empty gzip member whose extra field tells where the table of contents
/// begins (eStargz specification, "Footer").
final class Footer {
  static final int BYTES = 51;

  private static final int OFFSET_AT = 16;
  private static final int DIGITS = 16;
  private static final byte[] BEFORE = {
    0x1f,
    (byte) 0x8b,
    8,
    4,
    0,
    0,
    0,
    0,
    0,
    (byte) 0xff, // the header: extra field, no time, no system
    26,
    0,
    'S',
    'G',
    22,
    0
  };
  private static final byte[] AFTER = {
    'S',
    'T',
    'A',
    'R',
    'G',
    'Z', // the end of the extra field
    1,
    0,
    0,
    (byte) 0xff,
    (byte) 0xff, // the last block, stored, empty
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0 // CRC and size of nothing
  };

  private Footer() {}

  static byte[] of(long tocOffset) {
    byte[] footer = new byte[BYTES];
    System.arraycopy(BEFORE, 0, footer, 0, BEFORE.length);
    byte[] digits = HexFormat.of().toHexDigits(tocOffset).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(digits, 0, footer, OFFSET_AT, DIGITS);
    System.arraycopy(AFTER, 0, footer, OFFSET_AT + DIGITS, AFTER.length);
    return footer;
  }

  /// What the footer says, which may point anywhere. Time, system and flags of its gzip header are
  /// not looked at: writers differ in them.
  ///
  /// @throws ArchiveException.Damaged when it is none
  static long tocOffset(byte[] footer) throws ArchiveException.Damaged {
    int end = OFFSET_AT + DIGITS;
    boolean framed =
        footer.length == BYTES
            && Arrays.equals(footer, 0, 4, BEFORE, 0, 4)
            && Arrays.equals(footer, 10, OFFSET_AT, BEFORE, 10, OFFSET_AT)
            && Arrays.equals(footer, end, BYTES, AFTER, 0, AFTER.length);
    if (framed) {
      try {
        String digits = new String(footer, OFFSET_AT, DIGITS, StandardCharsets.US_ASCII);
        return HexFormat.fromHexDigitsToLong(digits);
      } catch (IllegalArgumentException noDigits) {
        // Told below.
      }
    }
    throw new ArchiveException.Damaged(
        "its end is not that of an archive object: it was cut, or is another kind of file");
  }
}
