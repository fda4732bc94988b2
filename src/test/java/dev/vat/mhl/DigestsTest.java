package dev.vat.mhl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vat.project.Md5;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;

/// Known values: those of XXH64 were computed by the reference tool as well (docs/design.md).
final class DigestsTest {
  private static final byte[] ABC = "abc".getBytes(StandardCharsets.UTF_8);

  @Test
  void the_formats_of_vat_are_those_of_everybody() {
    RunningDigests digests = new RunningDigests();
    digests.update(new byte[] {'x', 'a', 'b'}, 1, 2);
    digests.update(new byte[] {'c'}, 0, 1);
    FileDigests abc = digests.finish();
    assertThat(abc.sizeBytes()).isEqualTo(3);
    assertThat(abc.xxh64Hex()).isEqualTo("44bc2cf5ad770999");
    assertThat(abc.md5()).isEqualTo(new Md5("900150983cd24fb0d6963f7d28e17f72"));
    assertThat(new RunningDigests().finish().xxh64Hex()).isEqualTo("ef46db3751d8e999");
  }

  @Test
  void every_format_of_other_tools_is_computed_in_one_reading() {
    RunningFormats running = new RunningFormats(EnumSet.allOf(HashFormat.class));
    running.update(ABC, 0, 1);
    running.update(ABC, 1, 2);
    assertThat(running.finish().values())
        .map(Digest::toString)
        .containsExactly(
            "c4:" + C4.ofBytes(ABC).text(),
            "md5:900150983cd24fb0d6963f7d28e17f72",
            "sha1:a9993e364706816aba3e25717850c26c9cd0d89d",
            "xxh128:06b05ab6733a618578af5f94892f3950",
            "xxh3:78af5f94892f3950",
            "xxh64:44bc2cf5ad770999");
  }

  @Test
  void c4_is_that_of_the_reference_tool() {
    assertThat(C4.ofBytes(new byte[0]).text())
        .isEqualTo(
            "c459dsjfscH38cYeXXYogktxf4Cd9ibshE3BHUo6a58hBXmRQdZrAkZzsWcbWtDg5oQstpDuni4Hirj75GEmTc1sFT");
  }

  @Test
  void what_is_no_digest_of_its_format_is_refused() {
    assertThat(Digest.read(HashFormat.XXH64, " 44BC2CF5AD770999\n").text())
        .isEqualTo("44bc2cf5ad770999");
    assertThatThrownBy(() -> Digest.read(HashFormat.XXH64, "44bc2cf5ad77099"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Digest.read(HashFormat.MD5, "44bc2cf5ad770999"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
