package dev.vat.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vat.cloud.Body;
import dev.vat.cloud.Guard;
import dev.vat.cloud.MemoryObjectStore;
import dev.vat.cloud.ObjectAttributes;
import dev.vat.project.ProjectId;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Which archive of a project is meant, and whose it is.
final class ProjectArchivesTest {
  private static final String KEY = "appydave/b00-b49/b40-old.tar.gz";
  private static final String DATED = "appydave/b00-b49/b40-old.2026-11-25_101500Z.tar.gz";
  private static final ProjectId PROJECT = new ProjectId("b40-old");

  private final MemoryObjectStore bucket = new MemoryObjectStore(InstantSource.system());

  private void put(String key, Map<String, String> metadata) throws IOException {
    bucket.put(
        key,
        Body.of(new byte[10]),
        new ObjectAttributes("application/gzip", metadata),
        Guard.absent());
  }

  private static Map<String, String> of(String repo) {
    return Map.of("repo", repo, "project-id", "b40-old");
  }

  private ProjectArchives.Choice choice(String... name) throws IOException {
    return ProjectArchives.of(bucket, ArchiveListing.of(bucket, "appydave/"), PROJECT, "v-appydave")
        .choose(Optional.of(name).filter(n -> n.length > 0).map(n -> n[0]));
  }

  private static String key(ProjectArchives.Choice choice) {
    return choice instanceof ProjectArchives.Choice.One one ? one.archive().key() : "" + choice;
  }

  @Test
  void the_only_one_is_meant_without_a_name() throws Exception {
    assertThat(choice()).isInstanceOf(ProjectArchives.Choice.None.class);
    put(KEY, of("v-appydave"));
    put("appydave/b00-b49/b40-old.toc.json", of("v-appydave"));
    assertThat(key(choice())).isEqualTo(KEY);
  }

  @Test
  void of_several_none_is_guessed_and_each_can_be_named_by_file_or_key() throws Exception {
    put(DATED, of("v-appydave"));
    put(KEY, of("v-appydave"));

    assertThat(choice())
        .isInstanceOfSatisfying(
            ProjectArchives.Choice.Several.class,
            several ->
                assertThat(several.archives())
                    .extracting(CloudArchive::name)
                    .containsExactly("b40-old", "b40-old.2026-11-25_101500Z.tar.gz"));
    assertThat(key(choice("b40-old.tar.gz"))).isEqualTo(KEY);
    assertThat(key(choice("b40-old.2026-11-25_101500Z.tar.gz"))).isEqualTo(DATED);
    assertThat(key(choice(DATED))).isEqualTo(DATED);
    assertThat(choice("b40")).isInstanceOf(ProjectArchives.Choice.Unknown.class);
  }

  @Test
  void ours_is_meant_beside_another_repositorys_which_cannot_be_named() throws Exception {
    put(KEY, of("v-voz"));
    assertThat(choice()).isInstanceOf(ProjectArchives.Choice.NotOurs.class);
    put(DATED, of("v-appydave"));
    assertThat(key(choice())).isEqualTo(DATED);
    assertThat(choice("b40-old.tar.gz")).isInstanceOf(ProjectArchives.Choice.NotOurs.class);
  }

  @Test
  void one_that_is_another_projects_by_its_own_word_is_not_ours() throws Exception {
    put(KEY, Map.of("repo", "v-appydave", "project-id", "b41-else"));
    assertThat(choice()).isInstanceOf(ProjectArchives.Choice.NotOurs.class);
  }

  @Test
  void what_does_not_say_whose_it_is_is_read_where_nothing_says_it_is_ours() throws Exception {
    put(KEY, Map.of());
    assertThat(key(choice())).isEqualTo(KEY);
    put(DATED, of("v-appydave"));
    assertThat(key(choice())).isEqualTo(DATED);
    assertThat(key(choice("b40-old.tar.gz"))).isEqualTo(KEY);
  }

  @Test
  void accents_stored_in_two_ways_are_one_name() throws Exception {
    ProjectId cafe = new ProjectId("b41-caf\u00e9");
    String key = "appydave/b00-b49/b41-cafe\u0301.tar.gz";
    put(key, Map.of("repo", "v-appydave", "project-id", "b41-cafe\u0301"));
    ProjectArchives archives =
        ProjectArchives.of(bucket, ArchiveListing.of(bucket, "appydave/"), cafe, "v-appydave");
    assertThat(key(archives.choose(Optional.empty()))).isEqualTo(key);
    assertThat(key(archives.choose(Optional.of("b41-caf\u00e9.tar.gz")))).isEqualTo(key);
  }
}
