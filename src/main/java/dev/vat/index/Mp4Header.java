package dev.vat.index;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The index (`moov`) of an MP4 or QuickTime file. Source: ISO/IEC 14496-12, sections 8.2 to 8.5
/// and 8.8.2, and Apple's QuickTime File Format, which share these boxes.
final class Mp4Header {
  private static final Set<String> BEGINNINGS = Set.of("ftyp", "moov", "wide", "mdat", "free");

  /// `trak` lies in `moov`, `mdia` in it, then `minf`, `stbl`: nothing of interest is deeper.
  private static final int DEEPEST = 5;

  private static final Map<String, String> CODECS =
      Map.ofEntries(
          Map.entry("avc1", "h264"),
          Map.entry("avc3", "h264"),
          Map.entry("hvc1", "hevc"),
          Map.entry("hev1", "hevc"),
          Map.entry("dvh1", "hevc"),
          Map.entry("dvhe", "hevc"),
          Map.entry("av01", "av1"),
          Map.entry("vp08", "vp8"),
          Map.entry("vp09", "vp9"),
          Map.entry("mp4v", "mpeg4"),
          Map.entry("jpeg", "mjpeg"),
          Map.entry("mjpa", "mjpeg"),
          Map.entry("apch", "prores"),
          Map.entry("apcn", "prores"),
          Map.entry("apcs", "prores"),
          Map.entry("apco", "prores"),
          Map.entry("ap4h", "prores"),
          Map.entry("ap4x", "prores"),
          Map.entry("mp4a", "aac"),
          Map.entry("alac", "alac"),
          Map.entry("opus", "opus"),
          Map.entry("sowt", "pcm"),
          Map.entry("twos", "pcm"),
          Map.entry("lpcm", "pcm"));

  private final HeaderBytes bytes;
  private Optional<Duration> duration = Optional.empty();
  private long timescale;
  private Optional<MediaFacts.PictureSize> size = Optional.empty();
  private Optional<String> picture = Optional.empty();
  private Optional<String> sound = Optional.empty();
  private boolean hasIndex;

  // Of the track that is being read.
  private String handler = "";
  private String format = "";
  private Optional<MediaFacts.PictureSize> shown = Optional.empty();
  private Optional<MediaFacts.PictureSize> coded = Optional.empty();

  private Mp4Header(HeaderBytes bytes) {
    this.bytes = bytes;
  }

  /// Whether a file whose first box has that type is one of these.
  static boolean begins(int type) {
    return BEGINNINGS.contains(text(type));
  }

  static MediaFacts read(HeaderBytes bytes) throws IOException {
    Mp4Header header = new Mp4Header(bytes);
    try {
      header.boxes(0, bytes.size(), 0);
    } catch (HeaderBytes.NoMore end) {
      return header.facts(); // what was told before stays true
    }
    return header.facts();
  }

  private MediaFacts facts() {
    return new MediaFacts(duration, size, picture.or(() -> sound));
  }

  private void boxes(long from, long to, int depth) throws IOException {
    long position = from;
    while (to - position >= 8 && !(depth == 0 && hasIndex)) {
      ByteBuffer header = bytes.upTo(position, 16);
      if (header.remaining() < 8) {
        return;
      }
      long length = Integer.toUnsignedLong(header.getInt());
      String type = text(header.getInt());
      long content = position + 8;
      if (length == 1 && header.remaining() >= 8) {
        length = header.getLong();
        content = position + 16;
      } else if (length == 0) {
        length = to - position;
      }
      // A box that is longer than what holds it is a lie, or a copy that was cut.
      long end = length > to - position || length < 0 ? to : position + length;
      if (end < content) {
        return;
      }
      box(type, content, end, depth);
      position = end;
    }
  }

  private void box(String type, long from, long to, int depth) throws IOException {
    switch (type) {
      case "moov" -> {
        if (depth == 0) {
          hasIndex = true;
          boxes(from, to, 1);
        }
      }
      case "trak" -> track(from, to, depth);
      case "mdia", "minf", "stbl", "mvex" -> {
        if (depth > 0 && depth < DEEPEST) {
          boxes(from, to, depth + 1);
        }
      }
      case "mvhd" -> movieHeader(piece(from, to, 32));
      case "mehd" -> fragments(piece(from, to, 12));
      case "tkhd" -> trackHeader(piece(from, to, 96));
      case "hdlr" -> {
        ByteBuffer piece = piece(from, to, 12);
        // QuickTime has a second one, in `minf`, for how the data is reached.
        if (depth == 3 && piece.remaining() == 12 && handler.isEmpty()) {
          handler = text(piece.getInt(8));
        }
      }
      case "stsd" -> sampleDescription(piece(from, to, 44));
      default -> {
        return; // footage, free space, and whatever else there is
      }
    }
  }

  private ByteBuffer piece(long from, long to, int most) throws IOException {
    return bytes.upTo(from, (int) Math.min(most, to - from));
  }

  private void track(long from, long to, int depth) throws IOException {
    if (depth != 1) {
      return;
    }
    handler = "";
    format = "";
    shown = Optional.empty();
    coded = Optional.empty();
    try {
      boxes(from, to, 2);
    } finally {
      if (handler.equals("vide") && picture.isEmpty()) {
        picture = codec(format);
        size = shown.or(() -> coded);
      } else if (handler.equals("soun") && sound.isEmpty()) {
        sound = codec(format);
      }
    }
  }

  /// Version 1 of a box has times of 64 bits.
  private static boolean wide(ByteBuffer piece) {
    return piece.hasRemaining() && piece.get(0) == 1;
  }

  private void movieHeader(ByteBuffer piece) {
    boolean wide = wide(piece);
    if (piece.remaining() < (wide ? 32 : 20)) {
      return;
    }
    timescale = Integer.toUnsignedLong(piece.getInt(wide ? 20 : 12));
    long units = wide ? piece.getLong(24) : Integer.toUnsignedLong(piece.getInt(16));
    // All ones: the writer did not know.
    if (units != (wide ? -1 : 0xffffffffL)) {
      duration = MediaFacts.duration(units, timescale);
    }
  }

  /// How long a recording in fragments is: its movie header tells 0.
  private void fragments(ByteBuffer piece) {
    boolean wide = wide(piece);
    if (duration.isEmpty() && piece.remaining() >= (wide ? 12 : 8)) {
      long units = wide ? piece.getLong(4) : Integer.toUnsignedLong(piece.getInt(4));
      duration = MediaFacts.duration(units, timescale);
    }
  }

  private void trackHeader(ByteBuffer piece) {
    int at = wide(piece) ? 52 : 40; // the matrix
    if (piece.remaining() < at + 44) {
      return;
    }
    long width = Integer.toUnsignedLong(piece.getInt(at + 36)) >>> 16;
    long height = Integer.toUnsignedLong(piece.getInt(at + 40)) >>> 16;
    // Phones turn the picture by this matrix: a quarter to the left or right has no first member.
    boolean upright = piece.getInt(at) == 0 && piece.getInt(at + 4) != 0;
    shown =
        upright
            ? MediaFacts.PictureSize.of(height, width)
            : MediaFacts.PictureSize.of(width, height);
  }

  private void sampleDescription(ByteBuffer piece) {
    if (piece.remaining() >= 16 && format.isEmpty()) {
      format = text(piece.getInt(12));
    }
    if (piece.remaining() >= 44) {
      coded =
          MediaFacts.PictureSize.of(
              Short.toUnsignedInt(piece.getShort(40)), Short.toUnsignedInt(piece.getShort(42)));
    }
  }

  private static Optional<String> codec(String format) {
    String word = CODECS.get(format.toLowerCase(Locale.ROOT));
    return word != null ? Optional.of(word) : readable(format);
  }

  /// A code that can be shown to people, else nothing.
  static Optional<String> readable(String code) {
    String trimmed = code.strip();
    return !trimmed.isEmpty()
            && trimmed
                .chars()
                .allMatch(
                    c ->
                        c > ' '
                            && c < 0x7f
                            && (Character.isLetterOrDigit(c) || "-_./".indexOf(c) >= 0))
        ? Optional.of(trimmed)
        : Optional.empty();
  }

  private static String text(int code) {
    return new String(ByteBuffer.allocate(4).putInt(code).array(), ISO_8859_1);
  }
}
