package dev.vat.mhl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vat.project.RelativeName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.SAXException;

final class MhlHistoryTest {
  private static final Instant FIRST = Instant.parse("2026-01-16T09:15:00Z");
  private static final Instant SECOND = Instant.parse("2026-02-17T14:30:00Z");
  private static final Creator VAT = Creator.vat("mac", "1.0");
  private static final RelativeName A = new RelativeName("Clips/a & <b> é.mov");

  @TempDir Path root;

  private static FileDigests of(String content) {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    RunningDigests digests = new RunningDigests();
    digests.update(bytes, 0, bytes.length);
    return digests.finish();
  }

  private static MhlEntry entry(RelativeName name, String content, HashAction action, Instant at) {
    return MhlEntry.of(name, of(content), FIRST, action, at);
  }

  private Path append(Instant at, MhlEntry... entries) throws IOException {
    return MhlWriter.append(
        root, "b65", new Generation(MhlProcess.IN_PLACE, at, VAT, List.of(entries)));
  }

  @Test
  void what_was_written_is_read_and_both_schemas_accept_it() throws IOException, SAXException {
    Path manifest = append(FIRST, entry(A, "abc", HashAction.ORIGINAL, FIRST));
    Path second = append(SECOND, entry(A, "abc", HashAction.VERIFIED, SECOND));
    append(SECOND);

    assertThat(manifest.getFileName()).hasToString("0001_b65_2026-01-16_091500Z.mhl");
    MhlSchemas schemas = new MhlSchemas();
    schemas.manifest(manifest);
    schemas.manifest(second);
    schemas.chain(root.resolve("ascmhl/ascmhl_chain.xml"));
    MhlHistory history = MhlHistory.read(root);
    assertThat(history.problems()).isEmpty();
    assertThat(history.generations()).hasSize(3);
    assertThat(history.lastVerifiedAt()).contains(SECOND);
    Recorded recorded = history.files().get(A);
    assertThat(recorded.sizeBytes()).hasValue(3);
    assertThat(recorded.digests())
        .containsEntry(HashFormat.XXH64, new Digest(HashFormat.XXH64, "44bc2cf5ad770999"));
    assertThat(recorded.lastAction()).isEqualTo(HashAction.VERIFIED);
    assertThat(recorded.modifiedAt()).contains(FIRST);
  }

  @Test
  void what_failed_is_never_compared_with_later() throws IOException {
    append(FIRST, entry(A, "abc", HashAction.ORIGINAL, FIRST));
    append(SECOND, entry(A, "damaged", HashAction.FAILED, SECOND));
    MhlHistory history = MhlHistory.read(root);
    Recorded recorded = history.files().get(A);
    assertThat(recorded.digests()).containsValue(new Digest(HashFormat.XXH64, "44bc2cf5ad770999"));
    assertThat(recorded.sizeBytes()).hasValue(3);
    assertThat(recorded.lastAction()).isEqualTo(HashAction.FAILED);
    assertThat(recorded.lastVerifiedAt()).contains(FIRST);
    assertThat(recorded.lastReadAt()).isEqualTo(SECOND);
    assertThat(history.lastVerifiedAt()).isEmpty();
  }

  @Test
  void a_renamed_file_keeps_what_is_known_of_it() throws IOException {
    append(FIRST, entry(A, "abc", HashAction.ORIGINAL, FIRST));
    RelativeName renamed = new RelativeName("Clips/b.mov");
    append(
        SECOND,
        new MhlEntry(
            renamed,
            OptionalLong.of(3),
            Optional.of(FIRST),
            entry(A, "abc", HashAction.VERIFIED, SECOND).hashes(),
            Optional.of(A)));
    assertThat(MhlHistory.read(root).files()).containsOnlyKeys(renamed);
  }

  @Test
  void no_history_is_told_from_one_that_cannot_be_trusted() throws IOException {
    assertThatThrownBy(() -> MhlHistory.read(root)).isInstanceOf(MhlException.NoHistory.class);
    Path manifest = append(FIRST, entry(A, "abc", HashAction.ORIGINAL, FIRST));
    String text = Files.readString(manifest);
    Files.writeString(manifest, text.replace("44bc2cf5ad770999", "44bc2cf5ad770998"));
    assertThatThrownBy(() -> MhlHistory.read(root)).isInstanceOf(MhlException.Altered.class);
    assertThatThrownBy(() -> append(SECOND)).isInstanceOf(MhlException.Altered.class);
    Files.delete(manifest);
    assertThatThrownBy(() -> MhlHistory.read(root)).isInstanceOf(MhlException.Altered.class);
    Files.writeString(root.resolve("ascmhl/ascmhl_chain.xml"), "<a/>");
    assertThatThrownBy(() -> MhlHistory.read(root)).isInstanceOf(MhlException.Unreadable.class);
  }

  @Test
  void cut_between_manifest_and_chain_the_generation_is_there_and_the_next_one_names_both()
      throws IOException {
    append(FIRST, entry(A, "abc", HashAction.ORIGINAL, FIRST));
    Path chain = root.resolve("ascmhl/ascmhl_chain.xml");
    byte[] before = Files.readAllBytes(chain);
    append(SECOND, entry(A, "abc", HashAction.VERIFIED, SECOND));
    Files.write(chain, before);
    assertThat(MhlHistory.read(root).generations()).hasSize(2);
    append(SECOND, entry(A, "abc", HashAction.VERIFIED, SECOND));
    assertThat(Chain.read(root).orElseThrow().links()).hasSize(3);
    Files.delete(chain);
    assertThat(MhlHistory.read(root).generations()).hasSize(3);
  }

  @Test
  void a_hostile_manifest_reaches_nothing_outside_of_itself() throws IOException {
    Path manifest = append(FIRST, entry(A, "abc", HashAction.ORIGINAL, FIRST));
    Files.delete(root.resolve("ascmhl/ascmhl_chain.xml"));
    Files.writeString(
        manifest,
        Files.readString(manifest)
            .replace("Clips/a", "../a")
            .replace(
                "<hashlist", "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><hashlist"));
    MhlHistory history = MhlHistory.read(root);
    assertThat(history.files()).isEmpty();
    assertThat(history.problems()).singleElement().asString().contains("..");
    Files.writeString(manifest, Files.readString(manifest).replace("../a", "&e;"));
    assertThatThrownBy(() -> MhlHistory.read(root)).isInstanceOf(MhlException.Unreadable.class);
  }

  @Test
  void histories_of_folders_below_are_read_too() throws IOException {
    append(FIRST, entry(A, "abc", HashAction.ORIGINAL, FIRST));
    Path reel = Files.createDirectories(root.resolve("reel/A001"));
    MhlWriter.append(
        reel,
        new Generation(
            MhlProcess.TRANSFER,
            FIRST,
            VAT,
            List.of(entry(new RelativeName("c.mov"), "xyz", HashAction.ORIGINAL, FIRST))));
    assertThat(MhlHistory.read(root).files()).hasSize(1);
    MhlHistory both = MhlHistory.read(root, java.util.Set.of("reel/A001"));
    assertThat(both.files()).containsKey(new RelativeName("reel/A001/c.mov"));
    assertThat(both.nested()).containsOnlyKeys("reel/A001/");
  }

  @Test
  void a_history_below_is_not_read_through_a_link_and_a_lost_one_is_a_problem(@TempDir Path other)
      throws IOException {
    append(FIRST, entry(A, "abc", HashAction.ORIGINAL, FIRST));
    MhlWriter.append(
        other,
        new Generation(
            MhlProcess.IN_PLACE,
            FIRST,
            VAT,
            List.of(entry(new RelativeName("c.mov"), "xyz", HashAction.ORIGINAL, FIRST))));
    Files.createSymbolicLink(root.resolve("link"), other);
    MhlHistory history = MhlHistory.read(root, java.util.Set.of("link", "gone"));
    assertThat(history.files()).containsOnlyKeys(A);
    assertThat(history.problems()).hasSize(2);
  }
}
