package dev.vat.project;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;

class FileKindsProperties {
  @Property
  void a_big_file_is_never_junk_and_beyond_the_limit_it_is_heavy(
      @ForAll("names") RelativeName name,
      @ForAll @LongRange(min = 0, max = 5_000_000) long size,
      @ForAll @LongRange(min = 1, max = 5_000_000) long limit) {
    FileKind kind = new FileKinds(limit).of(name, size);
    if (size > FileKinds.LARGEST_JUNK_BYTES) {
      assertThat(kind).isNotEqualTo(FileKind.JUNK);
      if (size > limit) {
        assertThat(kind).isEqualTo(FileKind.HEAVY);
      }
    }
  }

  @Property
  void a_file_keeps_its_kind_when_its_folder_moves_deeper(@ForAll("names") RelativeName name) {
    FileKinds kinds = new FileKinds(1000);
    assertThat(kinds.of(RelativeName.of("deeper/" + name.value()), 10))
        .isEqualTo(kinds.of(name, 10));
  }

  @Provide
  Arbitrary<RelativeName> names() {
    return Arbitraries.of(
            "a.mp4",
            "b.txt",
            ".DS_Store",
            "._x",
            ".Trashes",
            "$RECYCLE.BIN",
            ".vat-tmp-1",
            "x.MOV",
            "yy:Zone.Identifier",
            "folder")
        .list()
        .ofMinSize(1)
        .ofMaxSize(4)
        .map(parts -> RelativeName.of(String.join("/", parts)));
  }
}
