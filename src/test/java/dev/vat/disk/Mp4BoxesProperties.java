package dev.vat.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class Mp4BoxesProperties {
  private static final byte[] BEGINNING = {0, 0, 0, 8, 'f', 't', 'y', 'p'};

  @Property(tries = 300)
  void whatever_follows_the_beginning_the_look_ends(@ForAll @Size(max = 200) byte[] rest)
      throws IOException {
    Path file = Files.createTempFile("boxes", ".mp4");
    try {
      byte[] all = java.util.Arrays.copyOf(BEGINNING, BEGINNING.length + rest.length);
      System.arraycopy(rest, 0, all, BEGINNING.length, rest.length);
      Files.write(file, all);
      assertThat(Mp4Boxes.at(file)).isNotInstanceOf(Mp4Boxes.Look.NotMp4.class);
    } finally {
      Files.delete(file);
    }
  }

  @Property(tries = 100)
  void a_whole_file_cut_anywhere_is_never_complete(@ForAll @IntRange(min = 8, max = 107) int end)
      throws IOException {
    Path file = Files.createTempFile("boxes", ".mp4");
    try {
      byte[] whole =
          java.nio.ByteBuffer.allocate(108)
              .put(BEGINNING)
              .putInt(50)
              .put(new byte[] {'m', 'd', 'a', 't'})
              .position(58)
              .putInt(50)
              .put(new byte[] {'m', 'o', 'o', 'v'})
              .array();
      Files.write(file, java.util.Arrays.copyOf(whole, end));
      assertThat(Mp4Boxes.at(file)).isInstanceOf(Mp4Boxes.Look.Incomplete.class);
      Files.write(file, whole);
      assertThat(Mp4Boxes.at(file)).isInstanceOf(Mp4Boxes.Look.Complete.class);
    } finally {
      Files.delete(file);
    }
  }
}
