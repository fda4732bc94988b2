package dev.vat.index;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The header list (`hdrl`) of an AVI file, which is at its beginning. Source: Microsoft's "AVI
/// RIFF File Reference", and "OpenDML AVI File Format Extensions" for `dmlh`.
final class AviHeader {
  private static final Map<String, String> CODECS =
      Map.of(
          "h264", "h264",
          "x264", "h264",
          "avc1", "h264",
          "hevc", "hevc",
          "xvid", "mpeg4",
          "divx", "mpeg4",
          "dx50", "mpeg4",
          "mjpg", "mjpeg",
          "dvsd", "dv");

  private long frameMicros;
  private long frames;
  private Optional<Duration> streamDuration = Optional.empty();
  private Optional<MediaFacts.PictureSize> size = Optional.empty();
  private Optional<String> codec = Optional.empty();
  private boolean inPicture;
  private boolean hasPicture;

  private AviHeader() {}

  static MediaFacts read(HeaderBytes bytes) throws IOException {
    AviHeader header = new AviHeader();
    ByteBuffer start = bytes.upTo(12, HeaderBytes.LARGEST_PIECE).order(ByteOrder.LITTLE_ENDIAN);
    header.chunks(start, start.limit(), 0);
    // A file over 2 GB tells all its frames only in `dmlh`, and its stream those of its first part.
    Optional<Duration> byFrames =
        MediaFacts.duration((double) header.frames * header.frameMicros, 1_000_000);
    Optional<Duration> duration =
        byFrames.isPresent()
                && header.streamDuration.isPresent()
                && byFrames.get().compareTo(header.streamDuration.get()) < 0
            ? header.streamDuration
            : byFrames.or(() -> header.streamDuration);
    return new MediaFacts(duration, header.size, header.codec);
  }

  private void chunks(ByteBuffer start, int to, int depth) {
    int position = start.position();
    while (to - position >= 8) {
      String type = text(start, position);
      long length = Integer.toUnsignedLong(start.getInt(position + 4));
      int content = position + 8;
      int end = (int) Math.min(to, content + length);
      if (type.equals("LIST") && end - content >= 4 && depth < 3) {
        String list = text(start, content);
        if (list.equals("movi")) {
          return; // the footage
        }
        if (list.equals("hdrl") || list.equals("strl") || list.equals("odml")) {
          inPicture = false;
          chunks(
              start.duplicate().order(ByteOrder.LITTLE_ENDIAN).position(content + 4),
              end,
              depth + 1);
        }
      } else {
        chunk(type, start, content, end - content);
      }
      position = (int) Math.min(to, content + length + (length & 1));
    }
  }

  private void chunk(String type, ByteBuffer start, int at, int length) {
    switch (type) {
      case "avih" -> {
        if (length >= 40) {
          frameMicros = Integer.toUnsignedLong(start.getInt(at));
          frames = Math.max(frames, Integer.toUnsignedLong(start.getInt(at + 16)));
          size =
              MediaFacts.PictureSize.of(
                  Integer.toUnsignedLong(start.getInt(at + 32)),
                  Integer.toUnsignedLong(start.getInt(at + 36)));
        }
      }
      case "dmlh" -> {
        if (length >= 4) {
          frames = Math.max(frames, Integer.toUnsignedLong(start.getInt(at)));
        }
      }
      case "strh" -> stream(start, at, length);
      case "strf" -> {
        if (inPicture && length >= 20) {
          Optional<String> compression = codec(text(start, at + 16));
          codec = compression.isPresent() ? compression : codec;
        }
      }
      default -> {
        return;
      }
    }
  }

  private void stream(ByteBuffer start, int at, int length) {
    inPicture = !hasPicture && length >= 36 && text(start, at).equals("vids");
    if (inPicture) {
      hasPicture = true;
      codec = codec(text(start, at + 4));
      double scale = Integer.toUnsignedLong(start.getInt(at + 20));
      double rate = Integer.toUnsignedLong(start.getInt(at + 24));
      streamDuration =
          MediaFacts.duration(Integer.toUnsignedLong(start.getInt(at + 32)) * scale, rate);
    }
  }

  private static Optional<String> codec(String code) {
    String word = CODECS.get(code.toLowerCase(Locale.ROOT));
    return word != null ? Optional.of(word) : Mp4Header.readable(code);
  }

  private static String text(ByteBuffer start, int at) {
    byte[] code = new byte[4];
    start.get(at, code);
    return new String(code, ISO_8859_1);
  }
}
