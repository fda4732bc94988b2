package dev.vat.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class TemporaryNameTest {
  private final Path target = Path.of("/repo/b63/s3-staging", "x".repeat(240) + ".mp4");

  @Test
  void the_resumable_name_is_found_again_and_differs_by_version_and_target() {
    Path name = TemporaryName.resumable(target, "etag-1");
    assertThat(name).isEqualTo(TemporaryName.resumable(target, "etag-1"));
    assertThat(name.getParent()).isEqualTo(target.getParent());
    assertThat(name).isNotEqualTo(TemporaryName.resumable(target, "etag-2"));
    assertThat(name).isNotEqualTo(TemporaryName.resumable(Path.of("/repo/other"), "etag-1"));
    assertThat(name.getFileName().toString()).startsWith(".vat-part-").hasSize(42);
  }

  @Test
  void ours_are_told_from_others() {
    assertThat(TemporaryName.isOne(TemporaryName.resumable(target, "x").getFileName().toString()))
        .isTrue();
    assertThat(TemporaryName.isOne(".vat-part-notes.mp4")).isFalse();
    assertThat(TemporaryName.isOne("draft.mp4")).isFalse();
  }
}
