package dev.vat.index;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Recordings without footage, byte by byte as the formats' descriptions have them.
final class MediaFiles {
  private static final int[] UPRIGHT = {0, 0x10000, 0, 0xffff0000, 0, 0, 0, 0, 0x40000000};
  private static final int[] AS_IT_IS = {0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000};

  private MediaFiles() {}

  /// A box of MP4 and QuickTime.
  static byte[] box(String type, byte[]... contents) {
    byte[] content = together(contents);
    return together(big(8 + content.length).array(), type.getBytes(ISO_8859_1), content);
  }

  static byte[] together(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  private static ByteBuffer big(int... numbers) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * numbers.length);
    for (int number : numbers) {
      bytes.putInt(number);
    }
    return bytes;
  }

  static byte[] ftyp(String brand) {
    return box("ftyp", brand.getBytes(ISO_8859_1), new byte[4], "isom".getBytes(ISO_8859_1));
  }

  static byte[] mvhd(int timescale, int duration) {
    return box("mvhd", big(0, 0, 0, timescale, duration).array(), new byte[80]);
  }

  /// A recording's index with one picture and one sound.
  static byte[] moov(int width, int height, int millis, String picture, boolean upright) {
    return box(
        "moov",
        mvhd(1000, millis),
        track("soun", "mp4a", 0, 0, millis, false),
        track("vide", picture, width, height, millis, upright));
  }

  static byte[] track(
      String kind, String format, int width, int height, int millis, boolean upright) {
    byte[] tkhd =
        box(
            "tkhd",
            big(0, 0, 0, 1, 0, millis, 0, 0, 0, 0).array(),
            big(upright ? UPRIGHT : AS_IT_IS).array(),
            big(width << 16, height << 16).array());
    byte[] mdhd = box("mdhd", big(0, 0, 0, 1000, millis, 0).array());
    byte[] hdlr = box("hdlr", new byte[8], kind.getBytes(US_ASCII), new byte[13]);
    ByteBuffer entry = ByteBuffer.allocate(82);
    entry.put(format.getBytes(US_ASCII)).put(new byte[7]).put((byte) 1).put(new byte[16]);
    entry.putShort((short) width).putShort((short) height);
    byte[] stsd = box("stsd", big(0, 1, 4 + entry.capacity()).array(), entry.array());
    return box("trak", tkhd, box("mdia", mdhd, hdlr, box("minf", box("stbl", stsd))));
  }

  /// A chunk of RIFF.
  static byte[] chunk(String type, byte[]... contents) {
    byte[] content = together(contents);
    return together(
        type.getBytes(US_ASCII),
        little(content.length).array(),
        content,
        new byte[content.length & 1]);
  }

  private static ByteBuffer little(int... numbers) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
    for (int number : numbers) {
      bytes.putInt(number);
    }
    return bytes;
  }

  static byte[] avi(int width, int height, int framesPerSecond, int frames, String codec) {
    byte[] avih =
        chunk(
            "avih",
            little(1_000_000 / framesPerSecond, 0, 0, 0, frames, 0, 1, 0, width, height, 0, 0, 0, 0)
                .array());
    byte[] strh =
        chunk(
            "strh",
            "vids".getBytes(US_ASCII),
            codec.getBytes(US_ASCII),
            little(0, 0, 0, 1, framesPerSecond, 0, frames, 0, 0, 0, 0, 0).array());
    byte[] strf =
        chunk(
            "strf",
            little(40, width, height, 0).array(),
            codec.getBytes(US_ASCII),
            little(0, 0, 0, 0, 0).array());
    byte[] list = ascii("LIST");
    byte[] strl = together(ascii("strl"), strh, strf);
    byte[] hdrl = together(ascii("hdrl"), avih, together(list, little(strl.length).array(), strl));
    byte[] movi = together(list, little(4 + 64).array(), ascii("movi"), new byte[64]);
    byte[] all = together(ascii("AVI "), list, little(hdrl.length).array(), hdrl, movi);
    return together(ascii("RIFF"), little(all.length).array(), all);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(US_ASCII);
  }

  /// An element of Matroska, its length in 8 bytes.
  static byte[] element(long id, byte[]... contents) {
    byte[] content = together(contents);
    ByteBuffer head = ByteBuffer.allocate(12);
    boolean begun = false;
    for (int shift = 24; shift >= 0; shift -= 8) {
      byte part = (byte) (id >> shift);
      begun |= part != 0;
      if (begun) {
        head.put(part);
      }
    }
    head.putLong(0x0100_0000_0000_0000L | content.length).flip();
    byte[] header = new byte[head.remaining()];
    head.get(header);
    return together(header, content);
  }

  static byte[] matroska(int width, int height, double millis, String codec) {
    byte[] info =
        element(
            0x1549A966,
            element(0x2AD7B1, big(1_000_000).array()),
            element(0x4489, ByteBuffer.allocate(8).putDouble(millis).array()));
    byte[] sound = element(0xAE, element(0x83, new byte[] {2}), element(0x86, ascii("A_OPUS")));
    byte[] picture =
        element(
            0xAE,
            element(0x83, new byte[] {1}),
            element(0x86, ascii(codec)),
            element(0xE0, element(0xB0, big(width).array()), element(0xBA, big(height).array())));
    return together(
        element(0x1A45DFA3, element(0x4282, ascii("matroska"))),
        element(
            0x18538067,
            info,
            element(0x1654AE6B, sound, picture),
            element(0x1F43B675, new byte[99])));
  }
}
