package dev.vat.cli;

import static dev.vat.cli.FormatsTeam.PROJECT;
import static dev.vat.cli.PublishedSchemas.complaints;
import static dev.vat.cli.PublishedSchemas.words;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.vat.catalog.Warning;
import dev.vat.disk.CopyProblem;
import dev.vat.lifecycle.Obstacle;
import dev.vat.lifecycle.Orphan;
import dev.vat.lifecycle.Proposal;
import dev.vat.lifecycle.RecoveryPage;
import dev.vat.lifecycle.Verdict;
import dev.vat.staging.Removal;
import dev.vat.staging.Standing;
import dev.vat.staging.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The JSON Schemas in docs/formats: whole, documented, strict, and with every word that the code
/// can say.
final class PublishedSchemasTest {
  @AutoClose private FormatsTeam team;

  @BeforeEach
  void serve(@TempDir Path folder) throws IOException {
    team = FormatsTeam.in(folder);
  }

  @Test
  void every_schema_is_a_schema_and_is_named_in_the_documentation() throws Exception {
    String documentation = Files.readString(PublishedSchemas.FOLDER.resolveSibling("formats.md"));
    Schema ofSchemas =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(SchemaLocation.of(SpecificationVersion.DRAFT_2020_12.getDialectId()));
    try (Stream<Path> files = Files.list(PublishedSchemas.FOLDER)) {
      for (Path file : files.toList()) {
        assertThat(ofSchemas.validate(Files.readString(file), InputFormat.JSON)).isEmpty();
        assertThat(documentation).contains(file.getFileName().toString());
      }
    }
  }

  @Test
  void the_schemas_know_every_word_that_the_code_can_say() throws Exception {
    for (Standing standing : Standing.values()) {
      assertThat(words("status")).contains(quoted(standing));
      assertThat(words("sync")).contains(quoted(standing));
      assertThat(words("status-all")).contains(quoted(standing));
      assertThat(words("sync-all")).contains(quoted(standing));
    }
    for (Warning.Code code : Warning.Code.values()) {
      assertThat(words("manifest")).contains(quoted(code));
    }
    for (Verdict verdict : Verdict.values()) {
      if (verdict != Verdict.GOOD) {
        assertThat(words("mhl")).contains(quoted(verdict));
        assertThat(words("verify")).contains(quoted(verdict));
      }
    }
    for (Obstacle.Kind kind : Obstacle.Kind.values()) {
      assertThat(words("archive")).contains(quoted(kind));
    }
    assertTold(CopyProblem.class);
    for (Proposal.Step step : Proposal.Step.values()) {
      assertThat(words("show")).contains(quoted(step));
    }
    for (Orphan.Kind kind : Orphan.Kind.values()) {
      assertThat(words("cloud-clean")).contains(quoted(kind));
      assertThat(words("verify-cloud")).contains(quoted(kind));
    }
    for (RecoveryPage.State state : RecoveryPage.State.values()) {
      assertThat(words("backup")).contains(quoted(state));
    }
    for (Removal.Left left : Removal.Left.values()) {
      assertThat(words("cleanup")).contains(quoted(left));
    }
    for (Step.Upload.Why why : Step.Upload.Why.values()) {
      assertThat(words("sync")).contains(why.name().toLowerCase(Locale.ROOT));
    }
  }

  private static void assertTold(Class<?> problems) throws IOException {
    for (Class<?> problem : problems.getPermittedSubclasses()) {
      if (problem.isInterface()) {
        assertTold(problem);
      } else {
        assertThat(words("archive")).contains('"' + ArchiveReport.kind(problem) + '"');
      }
    }
  }

  private static String quoted(Enum<?> constant) {
    return '"' + constant.name().toLowerCase(Locale.ROOT) + '"';
  }

  @Test
  void the_schemas_refuse_what_is_not_theirs() throws Exception {
    team.write("david", "draft.mp4", "first cut");
    String real = team.valid("sync", 0, "david", "up", PROJECT, "--json");

    assertThat(complaints("sync", real.replace("vat.up/1", "vat.up/2"))).isNotEmpty();
    assertThat(complaints("sync", real.replace("\"only_here\"", "\"unheard_of\""))).isNotEmpty();
    assertThat(complaints("sync", real.replace("\"detail\"", "\"details\""))).isNotEmpty();
    assertThat(complaints("metadata", team.metadata().replace("\"md5\"", "\"md6\""))).isNotEmpty();
  }
}
