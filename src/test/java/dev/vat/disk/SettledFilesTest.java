package dev.vat.disk;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vat.project.FileStamp;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettledFilesTest {
  @TempDir Path folder;

  @Test
  void a_whole_recording_is_settled() throws IOException {
    assertThat(fresh(box("ftyp", 24), box("mdat", 5000), box("moov", 600)))
        .isEqualTo(new Settled.Yes());
  }

  @Test
  void a_quicktime_file_may_begin_with_another_part() throws IOException {
    assertThat(fresh(box("wide", 8), box("mdat", 5000), box("moov", 600)))
        .isEqualTo(new Settled.Yes());
    assertThat(fresh(box("moov", 600), largeBox("mdat", 5000))).isEqualTo(new Settled.Yes());
  }

  @Test
  void a_part_of_size_0_reaches_to_the_end() throws IOException {
    byte[] open = box("mdat", 5000);
    ByteBuffer.wrap(open).putInt(0, 0);
    assertThat(fresh(box("ftyp", 24), box("moov", 600), open)).isEqualTo(new Settled.Yes());
    assertThat(fresh(box("ftyp", 24), open)).isInstanceOf(Settled.NotYet.class);
  }

  @Test
  void a_recording_without_its_index_is_not_ready_yet() throws IOException {
    assertThat(fresh(box("ftyp", 24), box("mdat", 5000)))
        .isInstanceOfSatisfying(
            Settled.NotYet.class, no -> assertThat(no.reason()).contains("index"));
  }

  @Test
  void a_recording_that_ends_inside_a_part_is_not_ready_yet() throws IOException {
    byte[] cut = java.util.Arrays.copyOf(box("mdat", 5000), 3000);
    assertThat(fresh(box("ftyp", 24), box("moov", 600), cut))
        .isInstanceOfSatisfying(
            Settled.NotYet.class, no -> assertThat(no.reason()).contains("mdat"));
  }

  @Test
  void ten_minutes_later_it_goes_with_a_warning() throws IOException {
    FileStamp stamp = file("cut.mp4", box("ftyp", 24), box("mdat", 5000));
    SettledFiles files = new SettledFiles(OpenForWriting.look(List.of(stamp)));
    assertThat(files.look(stamp, stamp.modifiedAt().plusSeconds(600)))
        .isInstanceOf(Settled.NotYet.class);
    assertThat(files.look(stamp, stamp.modifiedAt().plusSeconds(601)))
        .isInstanceOfSatisfying(
            Settled.Incomplete.class, old -> assertThat(old.warning()).contains("may not play"));
  }

  @Test
  void a_camera_whose_clock_is_years_ahead_does_not_block_its_files() throws IOException {
    FileStamp stamp = file("cut.mp4", box("ftyp", 24));
    SettledFiles files = new SettledFiles(OpenForWriting.look(List.of(stamp)));
    assertThat(files.look(stamp, stamp.modifiedAt().minusSeconds(86_400)))
        .isInstanceOf(Settled.Incomplete.class);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 7, 15, -1, Long.MIN_VALUE, Long.MAX_VALUE})
  void a_hostile_64_bit_size_is_safe(long size) throws IOException {
    byte[] bad = largeBox("mdat", 100);
    ByteBuffer.wrap(bad).putLong(8, size);
    assertThat(fresh(box("ftyp", 24), bad, box("moov", 600))).isInstanceOf(Settled.NotYet.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 7, -1, Integer.MAX_VALUE, Integer.MIN_VALUE})
  void a_hostile_size_is_safe(int size) throws IOException {
    byte[] bad = box("mdat", 100);
    ByteBuffer.wrap(bad).putInt(0, size);
    assertThat(fresh(box("ftyp", 24), bad, box("moov", 600))).isInstanceOf(Settled.NotYet.class);
  }

  @Test
  void zeros_that_were_reserved_but_not_written_are_not_a_whole_part() throws IOException {
    assertThat(fresh(box("ftyp", 24), box("moov", 64), new byte[4096]))
        .isInstanceOf(Settled.NotYet.class);
  }

  @Test
  void other_files_have_no_boxes_to_look_at() throws IOException {
    assertThat(fresh("just some notes about the cut".getBytes(ISO_8859_1)))
        .isEqualTo(new Settled.Yes());
    assertThat(fresh(new byte[0])).isEqualTo(new Settled.Yes());
    assertThat(fresh(new byte[3])).isEqualTo(new Settled.Yes());
  }

  @Test
  void a_file_that_another_program_writes_to_is_left_alone() throws Exception {
    FileStamp written = file("open – ü.wav", new byte[10]);
    FileStamp read = file("read.wav", new byte[10]);
    FileStamp closed = file("closed.wav", new byte[10]);
    Process writer = programWith(written.path(), read.path());
    try {
      SettledFiles files = new SettledFiles(OpenForWriting.look(List.of(written, read, closed)));
      Instant now = written.modifiedAt();
      assertThat(files.look(written, now))
          .isInstanceOfSatisfying(
              Settled.NotYet.class,
              no ->
                  assertThat(no.reason())
                      .contains("still open")
                      .contains("process " + writer.pid()));
      assertThat(files.look(read, now)).isEqualTo(new Settled.Yes());
      assertThat(files.look(closed, now)).isEqualTo(new Settled.Yes());
    } finally {
      writer.destroyForcibly().waitFor();
    }
  }

  @Test
  void lsof_tells_the_same_where_it_is_installed() throws Exception {
    Path lsof = Path.of("/usr/bin/lsof");
    assumeTrue(Files.isExecutable(lsof), "needs lsof");
    FileStamp written = file("open – ü.wav", new byte[10]);
    FileStamp read = file("read.wav", new byte[10]);
    Process writer = programWith(written.path(), read.path());
    try {
      OpenForWriting open =
          OpenForWriting.look(List.of(written, read), new LsofLook(List.of(lsof.toString())));
      assertThat(open.remark()).isEmpty();
      assertThat(open.writerOf(written))
          .hasValueSatisfying(who -> assertThat(who).contains("process " + writer.pid()));
      assertThat(open.writerOf(read)).isEmpty();
    } finally {
      writer.destroyForcibly().waitFor();
    }
  }

  @Test
  void a_system_that_does_not_tell_is_said_not_hidden() throws IOException {
    FileStamp stamp = file("a.wav", new byte[10]);
    OpenForWriting open =
        OpenForWriting.look(List.of(stamp), new LsofLook(List.of("/nowhere/lsof")));
    assertThat(open.remark()).isPresent();
    assertThat(open.writerOf(stamp)).isEmpty();
  }

  @Test
  void what_this_program_has_open_itself_does_not_count() throws IOException {
    FileStamp stamp = file("ours.wav", new byte[10]);
    try (var ours = Files.newOutputStream(stamp.path())) {
      ours.write(1);
      assertThat(OpenForWriting.look(List.of(stamp)).writerOf(stamp)).isEmpty();
    }
  }

  /// Another program that has one file open for writing and one for reading, until it is ended.
  private static Process programWith(Path written, Path read) throws IOException {
    String script = "exec 3>>\"$1\" 4<\"$2\"; echo ready; read forever";
    Process process =
        new ProcessBuilder("sh", "-c", script, "sh", written.toString(), read.toString()).start();
    BufferedReader told = process.inputReader();
    assertThat(told.readLine()).isEqualTo("ready");
    return process;
  }

  private Settled fresh(byte[]... parts) throws IOException {
    FileStamp stamp = file("recording.mp4", parts);
    return new SettledFiles(OpenForWriting.look(List.of(stamp))).look(stamp, stamp.modifiedAt());
  }

  private FileStamp file(String name, byte[]... parts) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.write(part);
    }
    return FileStamps.of(Files.write(folder.resolve(name), all.toByteArray()));
  }

  private static byte[] box(String type, int size) {
    return ByteBuffer.allocate(size).putInt(size).put(type.getBytes(ISO_8859_1)).array();
  }

  private static byte[] largeBox(String type, int size) {
    return ByteBuffer.allocate(size).putInt(1).put(type.getBytes(ISO_8859_1)).putLong(size).array();
  }
}
