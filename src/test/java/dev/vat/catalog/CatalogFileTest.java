package dev.vat.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vat.project.ProjectId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `projects.json` as users have it and as vat writes it.
final class CatalogFileTest {
  private static final ProjectId A12 = new ProjectId("a12-old");
  private static final ProjectId B40 = new ProjectId("b40-flight");
  private static final Instant NOW = Instant.parse("2026-02-01T00:00:00Z");
  private static final Places PLACES = new Places("/videos/v-appydave", Optional.of("/ssd"));

  @TempDir Path root;
  private Path file;
  private CatalogFile manifest;

  @BeforeEach
  void prepare() {
    file = root.resolve(CatalogFile.NAME);
    manifest = new CatalogFile(root, Files::write);
  }

  @Test
  void without_a_file_nothing_is_known() throws IOException {
    assertThat(manifest.read()).isEqualTo(Catalog.empty());
  }

  @Test
  void the_earlier_tools_file_is_read() throws IOException {
    earlier();

    Catalog catalog = manifest.read();

    assertThat(catalog.projects()).containsOnlyKeys(A12, B40);
    assertThat(catalog.updatedAt()).contains(Instant.parse("2025-11-18T04:12:09Z"));
    ProjectEntry old = catalog.projects().get(A12);
    assertThat(old.primarySsd().orElseThrow().path()).isEqualTo("a01-a49/a12-old");
    assertThat(old.primarySsd().orElseThrow().totals()).isEmpty();
    assertThat(old.primaryLocal().orElseThrow().structure()).isEqualTo(LocalCopy.Structure.GROUPED);
    assertThat(catalog.projects().get(B40).s3().orElseThrow().frozen()).isTrue();
  }

  @Test
  void what_somebody_wrote_since_it_was_read_is_taken_in() throws IOException {
    earlier();
    manifest.read();
    Files.writeString(
        file, Files.readString(file).replace("generate_manifest 0.18", "generate_manifest 0.19"));

    manifest.update(PLACES, known -> known.after(flat(), NOW));
    manifest.update(PLACES, known -> known);

    assertThat(Files.readString(file)).contains("generate_manifest 0.19");
    assertThat(manifest.read().projects()).containsKeys(A12, B40);
  }

  @Test
  void members_that_vat_does_not_know_stay_at_every_level() throws IOException {
    earlier();

    manifest.update(PLACES, known -> known.after(flat(), NOW));

    JsonNode written = JsonMapper.builder().build().readTree(Files.readAllBytes(file));
    assertThat(written.path("generated_by").stringValue()).isEqualTo("generate_manifest 0.18");
    assertThat(written.path("config").path("theme").stringValue()).isEqualTo("dark");
    assertThat(written.path("config").path("disk_usage").has("local")).isTrue();
    assertThat(written.path("projects").get(0).path("hasInnovation").booleanValue()).isTrue();
    JsonNode s3 = written.path("projects").get(1).path("storage").path("s3");
    assertThat(s3.path("etag").stringValue()).isEqualTo("abc");
    assertThat(s3.path("bucket").stringValue()).isEqualTo("appydave-video-archive");
    assertThat(s3.path("storage_class").stringValue()).isEqualTo("DEEP_ARCHIVE");
  }

  @Test
  void what_was_written_is_read_again_as_it_was() throws IOException {
    Catalog written = manifest.update(PLACES, known -> known.after(full(), NOW));

    assertThat(manifest.read()).isEqualTo(written);
  }

  @Test
  void several_drives_are_told_and_what_others_noted_of_them_stays() throws IOException {
    manifest.update(PLACES, known -> known.after(full(), NOW));
    Files.writeString(
        file,
        Files.readString(file)
            .replaceFirst("\"last_path\"", "\"lent_to\" : \"Jan\", \"last_path\"")
            .replaceFirst("(?s)(\"copies\" : .*?)\"path\"", "$1\"shelf\" : 3, \"path\""));

    manifest.update(PLACES, known -> known.after(full(), NOW));

    JsonNode written = JsonMapper.builder().build().readTree(Files.readAllBytes(file));
    assertThat(written.path("config").path("drives").get(0).path("lent_to").stringValue())
        .isEqualTo("Jan");
    JsonNode ssd = written.path("projects").get(0).path("storage").path("ssd");
    assertThat(ssd.path("drive_name").stringValue()).isEqualTo("T7");
    assertThat(ssd.path("copies")).hasSize(2);
    assertThat(ssd.path("copies").get(1).path("drive_name").stringValue()).isEqualTo("T8");
    assertThat(written.toString()).contains("\"shelf\":3");
  }

  @Test
  void everything_known_of_S3_is_read_again_as_it_was_written() throws IOException {
    CloudCopy first = inCloud("b00-b49/b40-flight.tar.gz");
    CloudCopy second = inCloud("b00-b49/b40-flight.2026-01-01_000000Z.tar.gz");
    Catalog written =
        manifest.update(
            PLACES,
            known ->
                known.after(
                    flat()
                        .with(
                            new CloudSighting(
                                Optional.of(
                                    new CloudSighting.Archives(
                                        "bucket", "", Map.of(B40, List.of(first, second)))),
                                Optional.of(
                                    Map.of(
                                        B40,
                                        new SharedFiles(
                                            2, 9, Optional.of(NOW), Optional.of(NOW)))))),
                    NOW));

    assertThat(manifest.read()).isEqualTo(written);
    assertThat(written.projects().get(B40).cloud()).containsExactly(first, second);
    Files.writeString(
        file, Files.readString(file).replaceFirst("\"content_bytes\"", "\"shelf\" : 3, $0"));
    manifest.update(PLACES, known -> known);
    assertThat(file).content().contains("\"shelf\" : 3", "\"objects\"", "\"last_sync\"");
  }

  @Test
  void sizes_are_told_in_1024s_with_two_decimals_for_older_tools() throws IOException {
    manifest.update(PLACES, known -> known.after(flat(), NOW));

    assertThat(Files.readString(file))
        .contains("\"total_bytes\" : 1610612736", "\"total_mb\" : 1536.0", "\"total_gb\" : 1.5")
        .contains("\"structure\" : \"flat\"", "\"has_heavy_files\" : true");
  }

  @Test
  void what_is_no_manifest_is_refused_and_left_as_it_is() throws IOException {
    for (String broken : List.of("{\"projects\": 3}", "{\"projects\": [", "[]", "")) {
      Files.writeString(file, broken);

      assertThatThrownBy(() -> manifest.update(PLACES, known -> known.after(flat(), NOW)))
          .isInstanceOf(CatalogException.class)
          .hasMessageContaining(CatalogFile.NAME);
      assertThat(file).hasContent(broken);
    }
  }

  private void earlier() throws IOException {
    Files.write(
        file, CatalogFileTest.class.getResourceAsStream("earlier-tool.json").readAllBytes());
  }

  private static Sighting flat() {
    TreeTotals totals =
        new TreeTotals(3, 1_610_612_736, 1, 1_610_612_000, Optional.of(NOW.minusSeconds(60)));
    return new Sighting(
        Map.of(B40, List.of(new LocalCopy(LocalCopy.Structure.FLAT, "b40-flight", totals))),
        Map.of(),
        List.of());
  }

  private static Sighting full() {
    TreeTotals totals = new TreeTotals(3, 30, 1, 20, Optional.of(NOW.minusSeconds(60)));
    SsdCopy copy =
        new SsdCopy(
            Optional.empty(),
            "a01-a49/a12-old",
            Optional.of(totals),
            Optional.of(NOW),
            Optional.empty());
    TreeTotals none = new TreeTotals(0, 0, 0, 0, Optional.empty());
    return new Sighting(
        Map.of(
            B40,
            List.of(
                new LocalCopy(LocalCopy.Structure.FLAT, "b40-flight", totals),
                new LocalCopy(LocalCopy.Structure.GROUPED, "archived/b00-b49/b40-flight", none))),
        Map.of(B40, new StagedFiles(2, 5)),
        List.of(
            new DriveSighting(Optional.of(drive("T7")), true, Map.of(A12, copy)),
            new DriveSighting(Optional.of(drive("T8")), false, Map.of(A12, copy))));
  }

  private static CloudCopy inCloud(String key) {
    return new CloudCopy(
        Optional.of("bucket"),
        key,
        true,
        Optional.of("DEEP_ARCHIVE"),
        OptionalLong.of(5),
        Optional.of(new CloudCopy.Content(3, 30)),
        Optional.of("v1"),
        Optional.of(NOW.minusSeconds(100)),
        Optional.of(NOW.minusSeconds(50)),
        Optional.of(NOW),
        Optional.of(NOW.minusSeconds(20)),
        Optional.of(
            new CloudThaw(
                CloudThaw.State.READY,
                Optional.of(NOW.minusSeconds(10)),
                Optional.of(NOW),
                Optional.of(NOW.plusSeconds(10)))));
  }

  private static KnownDrive drive(String name) {
    return new KnownDrive(
        new DriveId("0000000-" + name),
        name,
        Optional.of("linux:1234-ABCD"),
        "youtube",
        "/media/" + name + "/youtube",
        Optional.of(NOW),
        OptionalLong.of(1000),
        OptionalLong.of(2000));
  }
}
