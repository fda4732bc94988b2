package dev.vat.archive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.ZipEncodingHelper;

/// What stands before each content in a tar: its header, and before that a pax header for what
/// the plain one cannot hold (names over 100 bytes or outside of ASCII, sizes from 8 GiB on, times
/// between seconds, or before 1970 and then to the second). Nothing in it tells of the computer:
/// nobody's name or number.
final class TarHeaders {
  static final int RECORD = 512;
  static final int FILE_MODE = 0644;
  static final int FOLDER_MODE = 0755;

  /// What RFC 3339 can write: years of four digits.
  private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

  private static final Pattern OUTSIDE_ASCII = Pattern.compile("[^\\x20-\\x7e]");

  private TarHeaders() {}

  /// The records before the content.
  static byte[] of(ArchiveItem item) throws IOException {
    return switch (item) {
      case ArchiveItem.Folder folder ->
          header(folder.name().value() + "/", TarConstants.LF_DIR, 0, folder.modifiedAt());
      case ArchiveItem.File file ->
          header(file.name().value(), TarConstants.LF_NORMAL, file.sizeBytes(), file.modifiedAt());
    };
  }

  /// Those of the table of contents.
  static byte[] ofToc(long sizeBytes) throws IOException {
    return header(Toc.NAME, TarConstants.LF_NORMAL, sizeBytes, Instant.EPOCH);
  }

  /// The time as it is written: one that no date of four digits has is moved to the nearest.
  static Instant writable(Instant time) {
    if (time.isBefore(FIRST)) {
      return FIRST;
    }
    return time.isAfter(LAST) ? LAST : time;
  }

  /// How many zeros follow a content, so that the next header begins at a record's beginning.
  static int padding(long sizeBytes) {
    return (int) (-sizeBytes & (RECORD - 1));
  }

  private static byte[] header(String name, byte type, long size, Instant modifiedAt)
      throws IOException {
    Instant time = writable(modifiedAt);
    ByteArrayOutputStream records = new ByteArrayOutputStream(3 * RECORD);
    byte[] pax = pax(name, size, time);
    if (pax.length > 0) {
      String plain = OUTSIDE_ASCII.matcher(name.replaceFirst("/$", "")).replaceAll("_");
      record(
          records,
          "PaxHeaders.X/" + plain,
          TarConstants.LF_PAX_EXTENDED_HEADER_LC,
          pax.length,
          time);
      records.writeBytes(pax);
      records.writeBytes(new byte[padding(pax.length)]);
    }
    record(records, name, type, size, time);
    return records.toByteArray();
  }

  /// The plain header; what does not fit into a field is cut, or 0.
  private static void record(OutputStream records, String name, byte type, long size, Instant time)
      throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name, type);
    entry.setSize(size);
    entry.setMode(type == TarConstants.LF_DIR ? FOLDER_MODE : FILE_MODE);
    entry.setLastModifiedTime(FileTime.from(Instant.ofEpochSecond(time.getEpochSecond())));
    entry.setUserId(0);
    entry.setGroupId(0);
    entry.setUserName("");
    entry.setGroupName("");
    byte[] record = new byte[RECORD];
    entry.writeEntryHeader(record, ZipEncodingHelper.getZipEncoding("UTF-8"), false);
    records.write(record);
  }

  /// The records of the pax header (POSIX.1-2001, `pax`, "Extended Header"). Our own, because
  /// Commons Compress writes times to a tenth of a microsecond, and file systems have finer ones.
  private static byte[] pax(String name, long size, Instant time) {
    ByteArrayOutputStream pax = new ByteArrayOutputStream();
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > TarConstants.NAMELEN || bytes.length > name.length()) {
      keyword(pax, "path", name);
    }
    if (size > TarConstants.MAXSIZE) {
      keyword(pax, "size", Long.toString(size));
    }
    long seconds = time.getEpochSecond();
    if (time.getNano() != 0 || seconds < 0 || seconds > TarConstants.MAXSIZE) {
      // Before 1970 libarchive (bsdtar) adds the fraction where GNU tar subtracts it.
      long nanos = seconds < 0 ? 0 : time.getNano();
      BigDecimal exact = BigDecimal.valueOf(seconds).add(BigDecimal.valueOf(nanos, 9));
      keyword(pax, "mtime", exact.stripTrailingZeros().toPlainString());
    }
    return pax.toByteArray();
  }

  /// `LENGTH KEY=VALUE`, where the length counts its own digits too.
  private static void keyword(ByteArrayOutputStream pax, String key, String value) {
    byte[] rest = (" " + key + "=" + value + "\n").getBytes(StandardCharsets.UTF_8);
    int length = rest.length;
    while (length != rest.length + Integer.toString(length).length()) {
      length = rest.length + Integer.toString(length).length();
    }
    pax.writeBytes(Integer.toString(length).getBytes(StandardCharsets.US_ASCII));
    pax.writeBytes(rest);
  }
}
