package dev.vat.sandbox;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A range of a content of `size` bytes.
///
/// Source: RFC 9110, section 14; Amazon S3 API Reference, GetObject.
record ByteRange(long from, long length, long size) {
  private static final Pattern ONE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

  /// @return empty when the header is not one range, which S3 answers with the whole
  /// @throws S3Error when no byte is in the range
  static Optional<ByteRange> of(String header, long size) {
    Matcher m = ONE.matcher(header.strip());
    if (!m.matches() || (m.group(1).isEmpty() && m.group(2).isEmpty())) {
      return Optional.empty();
    }
    long from;
    long end = size;
    if (m.group(1).isEmpty()) {
      long last = Long.parseLong(m.group(2));
      from = last == 0 ? size : Math.max(0, size - last);
    } else {
      from = Long.parseLong(m.group(1));
      if (!m.group(2).isEmpty()) {
        long last = Long.parseLong(m.group(2));
        if (last < from) {
          return Optional.empty();
        }
        end = Math.min(size, last + 1);
      }
    }
    if (from >= size) {
      throw ErrorCode.INVALID_RANGE.error(
          Map.of("RangeRequested", header, "ActualObjectSize", Long.toString(size)));
    }
    return Optional.of(new ByteRange(from, end - from, size));
  }

  /// The value of `Content-Range`.
  String header() {
    return "bytes " + from + "-" + (from + length - 1) + "/" + size;
  }
}
