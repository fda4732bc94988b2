package dev.vat.index;

import static dev.vat.index.MediaFiles.avi;
import static dev.vat.index.MediaFiles.box;
import static dev.vat.index.MediaFiles.ftyp;
import static dev.vat.index.MediaFiles.matroska;
import static dev.vat.index.MediaFiles.moov;
import static dev.vat.index.MediaFiles.mvhd;
import static dev.vat.index.MediaFiles.together;
import static org.assertj.core.api.Assertions.assertThat;

import com.drew.imaging.ImageMetadataReader;
import com.drew.metadata.Metadata;
import com.drew.metadata.avi.AviDirectory;
import com.drew.metadata.mp4.Mp4Directory;
import com.drew.metadata.mp4.media.Mp4VideoDirectory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MediaHeaderTest {
  @TempDir Path folder;

  @Test
  void an_mp4_tells_length_picture_and_codec() throws IOException {
    assertThat(facts(together(ftyp("isom"), moov(3840, 2160, 65_000, "hvc1", false))))
        .isEqualTo(known(65_000, 3840, 2160, "hevc"));
    assertThat(facts(together(ftyp("qt  "), moov(1920, 1080, 1_500, "apch", false))))
        .isEqualTo(known(1_500, 1920, 1080, "prores"));
  }

  @Test
  void a_phone_held_upright_gives_an_upright_picture() throws IOException {
    assertThat(facts(together(ftyp("isom"), moov(1920, 1080, 1_000, "avc1", true))))
        .isEqualTo(known(1_000, 1080, 1920, "h264"));
  }

  @Test
  void an_index_behind_gigabytes_of_footage_is_found_without_reading_them() throws IOException {
    Path file = folder.resolve("big.mp4");
    long footage = 50L << 30;
    byte[] index = moov(3840, 2160, 7_200_000, "avc1", false);
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.WRITE,
            StandardOpenOption.SPARSE)) {
      byte[] beginning = ftyp("isom");
      channel.write(ByteBuffer.wrap(beginning));
      channel.write(
          ByteBuffer.allocate(16).putInt(1).put("mdat".getBytes()).putLong(footage).flip());
      channel.write(ByteBuffer.wrap(index), beginning.length + footage);
    }
    assertThat(MediaHeader.of(file)).isEqualTo(known(7_200_000, 3840, 2160, "h264"));
  }

  @Test
  void a_recording_in_fragments_tells_its_length_elsewhere() throws IOException {
    byte[] mehd = box("mvex", box("mehd", ByteBuffer.allocate(8).putInt(4, 9_000).array()));
    assertThat(facts(together(ftyp("iso5"), box("moov", mvhd(1000, 0), mehd))).duration())
        .contains(Duration.ofSeconds(9));
  }

  @Test
  void sound_alone_has_no_picture() throws IOException {
    byte[] moov =
        box("moov", mvhd(1000, 3_000), MediaFiles.track("soun", "mp4a", 0, 0, 3_000, false));
    assertThat(facts(together(ftyp("M4A "), moov)))
        .isEqualTo(
            new MediaFacts(
                Optional.of(Duration.ofSeconds(3)), Optional.empty(), Optional.of("aac")));
  }

  @Test
  void avi_and_matroska_tell_as_much() throws IOException {
    assertThat(facts(avi(1280, 720, 25, 250, "XVID"))).isEqualTo(known(10_000, 1280, 720, "mpeg4"));
    assertThat(facts(matroska(2560, 1440, 12_345, "V_MPEG4/ISO/AVC")))
        .isEqualTo(known(12_345, 2560, 1440, "h264"));
  }

  @Test
  void another_program_reads_the_same_from_these_files() throws Exception {
    byte[] mp4 = together(ftyp("isom"), moov(3840, 2160, 65_000, "avc1", false));
    Metadata itsMp4 = ImageMetadataReader.readMetadata(new ByteArrayInputStream(mp4));
    Mp4VideoDirectory picture = itsMp4.getFirstDirectoryOfType(Mp4VideoDirectory.class);
    assertThat(picture.getInt(Mp4VideoDirectory.TAG_WIDTH)).isEqualTo(3840);
    assertThat(picture.getInt(Mp4VideoDirectory.TAG_HEIGHT)).isEqualTo(2160);
    assertThat(
            itsMp4
                .getFirstDirectoryOfType(Mp4Directory.class)
                .getDouble(Mp4Directory.TAG_DURATION_SECONDS))
        .isEqualTo(65);
    AviDirectory itsAvi =
        ImageMetadataReader.readMetadata(new ByteArrayInputStream(avi(1280, 720, 25, 250, "XVID")))
            .getFirstDirectoryOfType(AviDirectory.class);
    assertThat(itsAvi.getInt(AviDirectory.TAG_WIDTH)).isEqualTo(1280);
    assertThat(itsAvi.getString(AviDirectory.TAG_VIDEO_CODEC)).isEqualTo("XVID");
    assertThat(itsAvi.getString(AviDirectory.TAG_DURATION)).isEqualTo("00:00:10");
  }

  @Test
  void what_is_no_recording_tells_nothing() throws IOException {
    assertThat(facts(new byte[0])).isEqualTo(MediaFacts.UNKNOWN);
    assertThat(facts("this is text, whatever it is called".getBytes()))
        .isEqualTo(MediaFacts.UNKNOWN);
  }

  @Test
  void a_codec_that_is_no_word_is_not_shown() throws IOException {
    assertThat(facts(together(ftyp("isom"), moov(10, 10, 1_000, "\u001b[2J", false))).codec())
        .contains("aac");
  }

  /// Parts in parts in parts, claims beyond the file, lengths of zero: looking ends, and soon.
  @Test
  void a_header_made_to_hurt_does_not() throws IOException {
    ByteBuffer nested = ByteBuffer.allocate(800_000);
    while (nested.hasRemaining()) {
      nested.putInt(nested.remaining()).put("moov".getBytes());
    }
    assertThat(facts(nested.array())).isEqualTo(MediaFacts.UNKNOWN);
    ByteBuffer segments = ByteBuffer.allocate(1_200_000);
    segments.put(MediaFiles.element(0x1A45DFA3));
    while (segments.remaining() >= 12) {
      segments.putInt(0x18538067).putLong(0x0100_0000_0000_0000L | segments.remaining() - 8);
    }
    assertThat(facts(segments.array())).isEqualTo(MediaFacts.UNKNOWN);
    ByteBuffer tiny = ByteBuffer.allocate(1_000_000);
    while (tiny.hasRemaining()) {
      tiny.putInt(8).put("free".getBytes());
    }
    assertThat(facts(tiny.array())).isEqualTo(MediaFacts.UNKNOWN);
    byte[] claims = together(ftyp("isom"), moov(640, 480, 1_000, "avc1", false));
    ByteBuffer.wrap(claims).putInt(ftyp("isom").length, Integer.MAX_VALUE);
    assertThat(facts(claims)).isEqualTo(known(1_000, 640, 480, "h264"));
  }

  @Test
  void no_damage_does_more_than_hide_facts() throws IOException {
    byte[][] whole = {
      together(ftyp("isom"), moov(1920, 1080, 65_000, "avc1", false)),
      avi(1280, 720, 25, 250, "XVID"),
      matroska(2560, 1440, 12_345, "V_VP9")
    };
    for (byte[] file : whole) {
      for (int length = 0; length < file.length; length++) {
        facts(Arrays.copyOf(file, length));
      }
    }
    Random random = new Random(7);
    for (int i = 0; i < 3_000; i++) {
      byte[] file = whole[random.nextInt(whole.length)].clone();
      for (int hits = random.nextInt(1, 12); hits > 0; hits--) {
        file[random.nextInt(file.length)] = (byte) random.nextInt();
      }
      facts(file);
    }
  }

  private MediaFacts facts(byte[] content) throws IOException {
    Path file = folder.resolve("recording");
    Files.write(file, content);
    return MediaHeader.of(file);
  }

  private static MediaFacts known(long millis, int width, int height, String codec) {
    return new MediaFacts(
        Optional.of(Duration.ofMillis(millis)),
        Optional.of(new MediaFacts.PictureSize(width, height)),
        Optional.of(codec));
  }
}
