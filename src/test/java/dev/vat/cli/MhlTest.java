package dev.vat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vat.mhl.MhlSchemas;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `vat mhl check` and `create` on folders that belong to no repository.
final class MhlTest {
  private static final Instant SHOT = Instant.parse("2026-01-02T03:04:05Z");

  @TempDir Path work;
  private Path card;

  @BeforeEach
  void shoot() throws IOException {
    card = Files.createDirectories(work.resolve("A001 R2EC"));
    write("Clips/A001C001.mov", "the first take");
    write("Clips/A001C002.mov", "the second take");
    write("notes é.txt", "by the sea");
    write("empty.txt", "");
  }

  @Test
  void a_folder_gets_a_history_that_both_published_schemas_accept_and_that_checks()
      throws Exception {
    CommandRun created = vat("mhl", "create", card.toString());

    assertThat(created.exit()).as(created.err()).isZero();
    assertThat(created.out()).contains("4 files recorded for the first time");
    CommandRun again = vat("mhl", "create", card.toString());
    assertThat(again.out()).contains("4 files as recorded");
    MhlSchemas schemas = new MhlSchemas();
    for (Path manifest : manifests()) {
      schemas.manifest(manifest);
    }
    assertThat(manifests()).hasSize(2);
    schemas.chain(card.resolve("ascmhl/ascmhl_chain.xml"));
    CommandRun checked = vat("mhl", "check", card.toString());
    assertThat(checked.exit()).isZero();
    assertThat(checked.out()).contains("4 files as recorded");
    assertThat(manifests()).as("a check writes nothing").hasSize(2);
  }

  @Test
  void a_dry_run_and_a_check_write_nothing() throws IOException {
    assertThat(vat("mhl", "create", card.toString(), "--dry-run").out())
        .contains("Would read 4 files", "begin a checksum history", "Nothing was written");
    CommandRun checked = vat("mhl", "check", card.toString());

    assertThat(checked.exit()).isEqualTo(ExitCode.FAILED.number());
    assertThat(checked.err()).contains("has no checksum history", "vat mhl create");
    assertThat(card.resolve("ascmhl")).doesNotExist();
  }

  @Test
  void flipped_bytes_under_the_old_time_are_damage_and_other_bytes_under_a_new_time_a_change()
      throws IOException {
    vat("mhl", "create", card.toString());
    damage("Clips/A001C001.mov", "the firsT take");
    Files.writeString(card.resolve("notes é.txt"), "by the lake");

    CommandRun checked = vat("mhl", "check", card.toString());

    assertThat(checked.exit()).isEqualTo(ExitCode.VERIFICATION_FAILED.number());
    assertThat(checked.out())
        .contains("2 files as recorded, 1 changed, 1 damaged")
        .containsPattern("damaged +Clips/A001C001.mov")
        .containsPattern("changed +notes é.txt .*11 bytes where 10 were recorded");
    vat("mhl", "create", card.toString());
    damage("Clips/A001C001.mov", "the first take");
    assertThat(vat("mhl", "check", card.toString()).out())
        .as("what failed once is not what later readings are compared with")
        .contains("3 files as recorded, 1 changed");
  }

  @Test
  void truncated_missing_extra_and_renamed_files_are_each_told() throws IOException {
    vat("mhl", "create", card.toString());
    damage("Clips/A001C001.mov", "the first");
    Files.delete(card.resolve("empty.txt"));
    Files.move(card.resolve("Clips/A001C002.mov"), card.resolve("Clips/best take.mov"));
    write("extra.txt", "came later");

    CommandRun created = vat("mhl", "create", card.toString());

    assertThat(created.exit()).isEqualTo(ExitCode.VERIFICATION_FAILED.number());
    assertThat(created.out())
        .containsPattern("damaged +Clips/A001C001.mov .*9 bytes where 14 were recorded")
        .containsPattern("missing +empty.txt")
        .containsPattern("renamed +Clips/best take.mov .*was Clips/A001C002.mov")
        .containsPattern("new +extra.txt");
    write("empty.txt", "");
    damage("Clips/A001C001.mov", "the first take");
    assertThat(vat("mhl", "check", card.toString()).out())
        .as("a rename and a new file are part of the history now")
        .contains("5 files as recorded");
  }

  @Test
  void a_history_that_was_damaged_is_told_and_nothing_is_compared_or_written() throws IOException {
    vat("mhl", "create", card.toString());
    Path manifest = manifests().getFirst();
    Files.writeString(manifest, Files.readString(manifest).replace("original", "verified"));

    CommandRun checked = vat("mhl", "check", card.toString());

    assertThat(checked.exit()).isEqualTo(ExitCode.VERIFICATION_FAILED.number());
    assertThat(checked.err()).contains("cannot be trusted", "is not the file that was written");
    assertThat(vat("mhl", "create", card.toString()).exit())
        .isEqualTo(ExitCode.VERIFICATION_FAILED.number());
    assertThat(manifests()).hasSize(1);
    Files.delete(manifest);
    assertThat(vat("mhl", "check", card.toString()).err()).contains("is missing");
  }

  @Test
  void a_manifest_that_the_chain_does_not_name_is_no_good_order() throws IOException {
    vat("mhl", "create", card.toString());
    Files.writeString(
        card.resolve("ascmhl/0002_A001_2026-02-02_020202Z.mhl"),
        Files.readString(manifests().getFirst()).replace(">vat<", ">other<"));

    CommandRun checked = vat("mhl", "check", card.toString());

    assertThat(checked.exit()).isEqualTo(ExitCode.VERIFICATION_FAILED.number());
    assertThat(checked.out()).contains("in the history: 0002_A001", "is not named by");
  }

  /// In the shape of the reference tool's manifests: other formats, hashes of folders, junk that it
  /// records, sizes left out for empty files.
  @ParameterizedTest
  @ValueSource(strings = {"sha1", "md5"})
  void a_history_of_another_tool_is_read_verified_and_continued(String format) throws Exception {
    write("Thumbs.db", "a preview");
    String manifest =
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <hashlist xmlns="urn:ASC:MHL:v2.0" version="2.0">
          <creatorinfo>
            <creationdate>2026-01-16T09:15:00+00:00</creationdate>
            <hostname>cart.local</hostname>
            <tool version="1.2">another tool</tool>
            <author email="jo@example.com" role="DIT">Jo</author>
          </creatorinfo>
          <processinfo>
            <process>in-place</process>
            <roothash><content>HASH</content><structure>HASH</structure></roothash>
            <ignore><pattern>.DS_Store</pattern><pattern>ascmhl</pattern></ignore>
          </processinfo>
          <hashes>
        ENTRIES    <directoryhash><path>Clips</path><content>HASH</content><structure>HASH</structure></directoryhash>
          </hashes>
        </hashlist>
        """;
    StringBuilder entries = new StringBuilder();
    for (String name :
        new String[] {
          "Clips/A001C001.mov", "Clips/A001C002.mov", "notes é.txt", "empty.txt", "Thumbs.db"
        }) {
      entries.append(
          "    <hash><path lastmodificationdate=\"2026-01-02T04:04:05+01:00\">%s</path>%s</hash>\n"
              .formatted(name, hash(format, Files.readAllBytes(card.resolve(name)))));
    }
    Path file =
        Files.createDirectories(card.resolve("ascmhl"))
            .resolve("0001_A001 R2EC_2026-01-16_091500Z.mhl");
    Files.writeString(
        file,
        manifest.replace("ENTRIES", entries).replace("HASH", hash(format, new byte[0]).strip()));
    chain(file);

    assertThat(vat("mhl", "check", card.toString()).out()).contains("5 files as recorded");
    damage("Thumbs.db", "b preview");
    assertThat(vat("mhl", "check", card.toString()).out()).containsPattern("damaged +Thumbs.db");
    damage("Thumbs.db", "a preview");
    CommandRun created = vat("mhl", "create", card.toString());
    assertThat(created.exit()).as(created.out()).isZero();
    assertThat(Files.readString(manifests().getLast()))
        .contains("<" + format + " action=\"verified\"", "<xxh64 action=\"original\"", "Thumbs.db");
    new MhlSchemas().manifest(manifests().getLast());
  }

  @Test
  void a_new_history_has_the_hashes_of_folders_that_the_reference_tool_has() throws Exception {
    card = Files.createDirectories(work.resolve("reel"));
    write("a.mov", "abc");
    write("zero.txt", "");
    write("sub/b & c.mov", "xyz");
    write("sub/empty/.DS_Store", "what Finder leaves");

    assertThat(vat("mhl", "create", card.toString()).exit()).isZero();
    assertThat(vat("mhl", "create", card.toString()).exit()).isZero();

    Path first = manifests().getFirst();
    new MhlSchemas().manifest(first);
    assertThat(Files.readString(first))
        .containsSubsequence("<roothash>", "53eddfbc64830dd1", "70fa5dc457fb56b1", "</roothash>")
        .containsSubsequence("<path>sub</path>", "6a42accbd08613eb", "998cfd6ca0886c4e")
        .containsSubsequence("<path>sub/empty</path>", "ef46db3751d8e999")
        .doesNotContain(".DS_Store</path>", "ascmhl</path>");
    assertThat(Files.readString(manifests().getLast()))
        .as("in the first generation only")
        .doesNotContain("roothash", "directoryhash");
  }

  @Test
  void a_link_in_the_folder_is_told_and_not_followed() throws IOException {
    Files.createSymbolicLink(card.resolve("elsewhere"), work);

    CommandRun created = vat("mhl", "create", card.toString());

    assertThat(created.exit()).isZero();
    assertThat(created.out()).contains("not looked at: ", "links are not followed");
    assertThat(Files.readString(manifests().getFirst()))
        .as("nobody knows all that is in that folder")
        .doesNotContain("roothash", "directoryhash");
    Files.delete(card.resolve("Clips/A001C001.mov"));
    Files.createSymbolicLink(card.resolve("Clips/A001C001.mov"), work.resolve("nowhere"));
    assertThat(vat("mhl", "check", card.toString()).out())
        .containsPattern("unreadable +Clips/A001C001.mov .*is a link");
  }

  @Test
  void a_folder_that_is_not_there_is_no_defect() throws IOException {
    assertThat(vat("mhl", "check", "nowhere").err()).contains("nowhere is not there");
    assertThat(vat("mhl", "create", card.resolve("empty.txt").toString()).exit())
        .isEqualTo(ExitCode.FAILED.number());
  }

  private void chain(Path manifest) throws Exception {
    // The chain is proven by the C4 that vat computes; DigestsTest has that against known values.
    Files.writeString(
        card.resolve("ascmhl/ascmhl_chain.xml"),
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <ascmhldirectory xmlns="urn:ASC:MHL:DIRECTORY:v2.0">
          <hashlist sequencenr="1"><path>%s</path><c4>%s</c4></hashlist>
        </ascmhldirectory>
        """
            .formatted(manifest.getFileName(), MhlSchemas.c4(Files.readAllBytes(manifest))));
  }

  private static String hash(String format, byte[] content) throws Exception {
    String name = format.equals("sha1") ? "SHA-1" : "MD5";
    return " <%s action=\"original\" hashdate=\"2026-01-16T09:15:00+00:00\">%s</%s>"
        .formatted(
            format,
            HexFormat.of().formatHex(MessageDigest.getInstance(name).digest(content)),
            format);
  }

  private List<Path> manifests() throws IOException {
    try (Stream<Path> there = Files.list(card.resolve("ascmhl"))) {
      return there.filter(path -> path.toString().endsWith(".mhl")).sorted().toList();
    }
  }

  private CommandRun vat(String... words) {
    return CommandRun.in(work).run(words);
  }

  private void write(String name, String content) throws IOException {
    Path file = card.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, content.getBytes(StandardCharsets.UTF_8));
    Files.setLastModifiedTime(file, FileTime.from(SHOT));
  }

  /// Other bytes under the old time, as a failing drive does it.
  private void damage(String name, String content) throws IOException {
    Path file = card.resolve(name);
    FileTime time = Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS);
    Files.write(file, content.getBytes(StandardCharsets.UTF_8));
    Files.setLastModifiedTime(file, time);
  }
}
