package dev.vat.cli;

import static dev.vat.cli.FormatsTeam.PROJECT;
import static dev.vat.cli.PublishedSchemas.complaints;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vat.cost.PriceBook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What programs get of what is known about all projects is what docs/formats promises, and so is
/// projects.json.
final class CatalogFormatsTest {
  @TempDir Path folder;
  @AutoClose private FormatsTeam team;

  @BeforeEach
  void serve() throws IOException {
    team = FormatsTeam.in(folder);
  }

  @Test
  void the_manifest_and_the_list_are_as_published() throws Exception {
    team.write("david", "draft.mp4", "first cut");
    Files.createDirectories(folder.resolve("david/archived/b00-b49/b40-flight"));
    Files.createDirectories(folder.resolve("david/b40-flight/recordings"));
    Files.createDirectories(folder.resolve("david/no project"));
    team.valid("manifest", 0, "david", "manifest", "--dry-run", "--json");
    assertThat(team.valid("manifest", 0, "david", "manifest", "--json"))
        .contains("\"flat_and_grouped\"", "no project", "\"written\" : true");
    assertThat(team.valid("estimate", 0, "david", "estimate", "--json")).contains("\"today\" : {");
    team.valid("estimate", 0, "david", "estimate", "--months", "3", "--json");
    team.valid("estimate", 0, "david", "estimate", "--collab", "--json");
    team.valid("estimate", 0, "david", "estimate", "--total", "3GB", "--split", "1,1,1", "--json");
    assertThat(complaints("prices", PriceBook.shipped().json("here"))).isEmpty();
    assertThat(team.valid("list", 0, "david", "list", "--json")).contains("\"staging\" : true");
    team.valid("list", 0, "jan", "list", "--json");
    assertThat(team.valid("manifest-all", 0, "david", "manifest", "--all", "--json"))
        .contains("\"repo\" : \"jan\"");
    assertThat(team.valid("list", 0, "david", "list", "--repo", "all", "--json"))
        .contains("\"repo\" : \"david\"");
    Files.writeString(folder.resolve("jan/projects.json"), "[");
    assertThat(team.valid("manifest-all", 4, "david", "manifest", "--all", "--json"))
        .contains("\"manifest\" : null");
    team.valid("list", 4, "david", "list", "--repo", "all", "--json");
    Files.delete(folder.resolve("jan/projects.json"));
    team.write("david", "draft.srt", "1\n00:01:05,000 --> 00:01:07,000\nthe butcher knife\n");
    team.valid("manifest", 0, "david", "manifest", "--json");
    assertThat(team.valid("find", 0, "david", "find", "knife", "--json"))
        .contains("\"00:01:05\"", "\"marks\" : [ {");
    assertThat(team.valid("find", 0, "david", "find", "draft", "--json")).contains("\"local\"");
    team.valid("find", 0, "david", "find", "flivideo", "--json");
    team.valid("find", 0, "jan", "find", "knife", "--json");
    assertThat(team.valid("show", 0, "david", "show", PROJECT, "--json"))
        .contains("\"step\" : \"archive\"", "\"kind\" : \"local\"");
    team.valid("show", 0, "david", "show", "b40", "--json");
    team.valid("error", 2, "jan", "show", PROJECT, "--json");
    assertThat(
            complaints(
                "projects", Files.readString(folder.resolve("david").resolve("projects.json"))))
        .isEmpty();
  }
}
