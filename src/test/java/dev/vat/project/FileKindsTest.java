package dev.vat.project;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileKindsTest {
  private final FileKinds kinds = new FileKinds(100_000_000);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.mp4",
        "a.mov",
        "a.avi",
        "a.mkv",
        "a.webm",
        "a.m4v",
        "a.mxf",
        "a.mts",
        "a.flv",
        "a.wmv",
        "A.MP4",
        "deep/er/take 1.MoV"
      })
  void video_is_heavy_at_any_size_and_depth(String name) {
    assertThat(kind(name, 1)).isEqualTo(FileKind.HEAVY);
  }

  @Test
  void any_other_file_is_heavy_beyond_the_limit() {
    assertThat(kind("a.wav", 100_000_000)).isEqualTo(FileKind.LIGHT);
    assertThat(kind("a.wav", 100_000_001)).isEqualTo(FileKind.HEAVY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.srt", "thumb.jpg", "project.prproj", "mp4", "a.mp4.txt", ".gitkeep"})
  void everything_else_is_light(String name) {
    assertThat(kind(name, 1)).isEqualTo(FileKind.LIGHT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".DS_Store",
        "a/.DS_Store",
        "._take.mp4",
        "Thumbs.db",
        "thumbs.db",
        "desktop.ini",
        "Desktop.ini",
        "take.mp4:Zone.Identifier",
        "take.mp4.Zone.Identifier",
        ".Spotlight-V100/store.db",
        ".Trashes/501/x.mp4",
        ".fseventsd/0001",
        "$RECYCLE.BIN/a.mp4",
        "System Volume Information/x",
        "a/.Trashes",
        ".vat-part-17",
        "a/.vat-tmp-x",
        ".vat-tmp-copy/take.mp4"
      })
  void the_closed_list_is_junk(String name) {
    assertThat(kind(name, 4096)).isEqualTo(FileKind.JUNK);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"DS_Store", "Thumbs.db.txt", "desktop.ini/notes.txt", "._x/notes.txt", "a._b"})
  void what_only_resembles_junk_is_not(String name) {
    assertThat(kind(name, 4096)).isEqualTo(FileKind.LIGHT);
  }

  @Test
  void a_file_over_a_megabyte_is_never_junk() {
    assertThat(kind("._take.mp4", 1_000_000)).isEqualTo(FileKind.JUNK);
    assertThat(kind("._take.mp4", 1_000_001)).isEqualTo(FileKind.HEAVY);
    assertThat(kind(".Trashes/notes.txt", 1_000_001)).isEqualTo(FileKind.LIGHT);
  }

  private FileKind kind(String name, long size) {
    return kinds.of(RelativeName.of(name), size);
  }
}
