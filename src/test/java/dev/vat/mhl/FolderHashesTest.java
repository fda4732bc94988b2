package dev.vat.mhl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vat.project.RelativeName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Hashes of folders, beside what the reference tool says of the same tree.
final class FolderHashesTest {
  private static final Instant AT = Instant.parse("2026-01-16T09:15:00Z");
  private static final Creator VAT = Creator.vat("mac", "1.0");
  private static final List<MhlEntry> FILES =
      List.of(entry("a.mov", "abc"), entry("zero.txt", ""), entry("sub/b & c.mov", "xyz"));
  private static final Set<RelativeName> EMPTY = Set.of(new RelativeName("sub/empty"));

  @TempDir Path root;

  private static MhlEntry entry(String name, String content) {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    RunningDigests digests = new RunningDigests();
    digests.update(bytes, 0, bytes.length);
    return MhlEntry.of(new RelativeName(name), digests.finish(), AT, HashAction.ORIGINAL, AT);
  }

  @Test
  void they_are_those_of_the_reference_tool() {
    List<FolderHashes> all = FolderHashes.of(FILES, EMPTY);

    assertThat(all).extracting(FolderHashes::path).containsExactly("", "sub", "sub/empty");
    is(all.get(0).content(), "53eddfbc64830dd1", "bbb2f6caeec2e94c6d20f25eee95f7a9");
    is(all.get(0).structure(), "70fa5dc457fb56b1", "2aa48264c1f0ea68c4685eec172ec87f");
    assertThat(all.get(1).content().get(HashFormat.XXH64).text()).isEqualTo("6a42accbd08613eb");
    assertThat(all.get(1).structure().get(HashFormat.XXH64).text()).isEqualTo("998cfd6ca0886c4e");
    assertThat(all.get(2).content().get(HashFormat.XXH64).text()).isEqualTo("ef46db3751d8e999");
  }

  private static void is(Map<HashFormat, Digest> digests, String xxh64, String md5) {
    assertThat(digests)
        .containsOnly(
            Map.entry(HashFormat.XXH64, new Digest(HashFormat.XXH64, xxh64)),
            Map.entry(HashFormat.MD5, new Digest(HashFormat.MD5, md5)));
  }

  @Test
  void renaming_changes_the_structure_and_not_the_content() {
    FolderHashes before = FolderHashes.of(FILES, Set.of()).getFirst();
    FolderHashes after =
        FolderHashes.of(
                List.of(FILES.get(0), FILES.get(1), entry("other/b & c.mov", "xyz")), Set.of())
            .getFirst();

    assertThat(after.content()).isEqualTo(before.content());
    assertThat(after.structure()).isNotEqualTo(before.structure());
  }

  @Test
  void they_are_written_once_by_whoever_knows_all_files_and_the_schema_accepts_them()
      throws Exception {
    Generation whole = new Generation(MhlProcess.TRANSFER, AT, VAT, FILES, Optional.of(EMPTY));
    Path first = MhlWriter.append(root, "b65", whole);
    Path second = MhlWriter.append(root, "b65", whole);

    assertThat(Files.readString(first))
        .containsOnlyOnce("<roothash>")
        .contains("<path>sub/empty</path>", "53eddfbc64830dd1", "998cfd6ca0886c4e");
    assertThat(Files.readString(second)).doesNotContain("roothash", "directoryhash");
    MhlSchemas schemas = new MhlSchemas();
    schemas.manifest(first);
    schemas.manifest(second);
    MhlHistory history = MhlHistory.read(root);
    assertThat(history.problems()).isEmpty();
    assertThat(history.files()).hasSize(3);
  }

  @Test
  void where_other_files_may_be_there_nothing_is_said_of_folders() throws IOException {
    Path manifest =
        MhlWriter.append(root, "b65", new Generation(MhlProcess.TRANSFER, AT, VAT, FILES));

    assertThat(Files.readString(manifest)).doesNotContain("roothash", "directoryhash");
  }
}
