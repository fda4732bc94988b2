package dev.vat.index;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The elements `Info` and `Tracks` of a Matroska or WebM file, which stand before its footage.
/// Source: RFC 8794 (EBML) and RFC 9559 (Matroska).
final class MatroskaHeader {
  private static final int SEGMENT = 0x18538067;
  private static final int CLUSTER = 0x1F43B675;
  private static final int INFO = 0x1549A966;
  private static final int TIMESTAMP_SCALE = 0x2AD7B1;
  private static final int DURATION = 0x4489;
  private static final int TRACKS = 0x1654AE6B;
  private static final int TRACK_ENTRY = 0xAE;
  private static final int TRACK_TYPE = 0x83;
  private static final int CODEC_ID = 0x86;
  private static final int VIDEO = 0xE0;
  private static final int PIXEL_WIDTH = 0xB0;
  private static final int PIXEL_HEIGHT = 0xBA;
  private static final long IS_PICTURE = 1;
  private static final long IS_SOUND = 2;

  /// The segment, its tracks, one of them, its picture: nothing of interest is deeper.
  private static final int DEEPEST = 4;

  private static final Map<String, String> CODECS =
      Map.ofEntries(
          Map.entry("V_MPEG4/ISO/AVC", "h264"),
          Map.entry("V_MPEGH/ISO/HEVC", "hevc"),
          Map.entry("V_AV1", "av1"),
          Map.entry("V_VP8", "vp8"),
          Map.entry("V_VP9", "vp9"),
          Map.entry("V_MPEG4/ISO/ASP", "mpeg4"),
          Map.entry("V_MJPEG", "mjpeg"),
          Map.entry("V_PRORES", "prores"),
          Map.entry("A_AAC", "aac"),
          Map.entry("A_OPUS", "opus"),
          Map.entry("A_VORBIS", "vorbis"),
          Map.entry("A_FLAC", "flac"));

  private final HeaderBytes bytes;
  private double nanosPerUnit = 1_000_000;
  private double units;
  private Optional<MediaFacts.PictureSize> size = Optional.empty();
  private Optional<String> picture = Optional.empty();
  private Optional<String> sound = Optional.empty();
  private boolean ended;

  // Of the track that is being read.
  private long trackType;
  private String codecId = "";
  private long width;
  private long height;

  private MatroskaHeader(HeaderBytes bytes) {
    this.bytes = bytes;
  }

  static MediaFacts read(HeaderBytes bytes) throws IOException {
    MatroskaHeader header = new MatroskaHeader(bytes);
    try {
      header.elements(0, bytes.size(), 0);
    } catch (HeaderBytes.NoMore end) {
      return header.facts();
    }
    return header.facts();
  }

  private MediaFacts facts() {
    return new MediaFacts(
        MediaFacts.duration(units * nanosPerUnit, 1e9), size, picture.or(() -> sound));
  }

  private void elements(long from, long to, int depth) throws IOException {
    if (depth > DEEPEST) {
      return;
    }
    long position = from;
    while (position < to && !ended) {
      ByteBuffer header = bytes.upTo(position, 12);
      int idBytes = length(header);
      if (idBytes == 0 || idBytes > 4 || header.remaining() <= idBytes) {
        return;
      }
      int id = (int) number(header, idBytes, false);
      int sizeBytes = length(header);
      if (sizeBytes == 0 || header.remaining() < sizeBytes) {
        return;
      }
      long length = number(header, sizeBytes, true);
      long content = position + idBytes + sizeBytes;
      if (content > to) {
        return; // its head reaches beyond what holds it
      }
      // All ones: live recordings do not know how long they get.
      boolean open = length == (1L << (7 * sizeBytes)) - 1;
      long end = open || length > to - content ? to : content + length;
      element(id, content, end, depth);
      position = end;
    }
  }

  private void element(int id, long from, long to, int depth) throws IOException {
    switch (id) {
      case SEGMENT -> {
        elements(from, to, depth + 1);
        ended = true;
      }
      case INFO, TRACKS, VIDEO -> elements(from, to, depth + 1);
      case CLUSTER -> ended = true;
      case TRACK_ENTRY -> track(from, to, depth);
      case TIMESTAMP_SCALE -> nanosPerUnit = unsigned(from, to);
      case DURATION -> units = real(from, to);
      case TRACK_TYPE -> trackType = unsigned(from, to);
      case CODEC_ID -> codecId = text(from, to);
      case PIXEL_WIDTH -> width = unsigned(from, to);
      case PIXEL_HEIGHT -> height = unsigned(from, to);
      default -> {
        return;
      }
    }
  }

  private void track(long from, long to, int depth) throws IOException {
    trackType = 0;
    codecId = "";
    width = 0;
    height = 0;
    elements(from, to, depth + 1);
    if (trackType == IS_PICTURE && picture.isEmpty()) {
      picture = codec(codecId);
      size = MediaFacts.PictureSize.of(width, height);
    } else if (trackType == IS_SOUND && sound.isEmpty()) {
      sound = codec(codecId);
    }
  }

  private static Optional<String> codec(String id) {
    String word = CODECS.get(id);
    if (word == null && id.startsWith("A_AAC")) {
      word = "aac";
    }
    return word != null
        ? Optional.of(word)
        : Mp4Header.readable(id.toLowerCase(Locale.ROOT).replaceFirst("^[va]_", ""));
  }

  /// How many bytes a variable-length number takes, by the leading zeros of its first; 0 where none
  /// begins.
  private static int length(ByteBuffer at) {
    return at.hasRemaining()
        ? (Integer.numberOfLeadingZeros(at.get(at.position()) & 0xff) - 23) % 9
        : 0;
  }

  private static long number(ByteBuffer at, int count, boolean withoutMarker) {
    long value = at.get() & (withoutMarker ? 0xff >>> count : 0xff);
    for (int i = 1; i < count; i++) {
      value = value << 8 | at.get() & 0xff;
    }
    return value;
  }

  private long unsigned(long from, long to) throws IOException {
    ByteBuffer piece = bytes.exactly(from, (int) Math.min(8, to - from));
    long value = 0;
    while (piece.hasRemaining()) {
      value = value << 8 | piece.get() & 0xff;
    }
    return value;
  }

  private double real(long from, long to) throws IOException {
    ByteBuffer piece = bytes.exactly(from, (int) Math.min(8, to - from));
    return switch (piece.remaining()) {
      case 4 -> piece.getFloat();
      case 8 -> piece.getDouble();
      default -> 0;
    };
  }

  private String text(long from, long to) throws IOException {
    ByteBuffer piece = bytes.exactly(from, (int) Math.min(64, to - from));
    return US_ASCII.decode(piece).toString().replace("\0", "");
  }
}
