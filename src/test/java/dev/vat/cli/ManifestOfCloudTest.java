package dev.vat.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vat.cloud.Body;
import dev.vat.cloud.Condition;
import dev.vat.cloud.ForwardingStore;
import dev.vat.cloud.Guard;
import dev.vat.cloud.MemoryObjectStore;
import dev.vat.cloud.ObjectAttributes;
import dev.vat.cloud.ObjectFacts;
import dev.vat.cloud.ObjectStore;
import dev.vat.cloud.ObjectSummary;
import dev.vat.cloud.StoreException;
import dev.vat.cloud.ThawTier;
import dev.vat.settings.S3Access;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `vat manifest` with archives and shared files in S3.
final class ManifestOfCloudTest {
  private static final String B40 = "appydave/b00-b49/b40-old.tar.gz";

  @TempDir Path folder;
  private final HandClock clock = new HandClock();
  private final MemoryObjectStore vault = new MemoryObjectStore(clock);
  private final MemoryObjectStore shared = new MemoryObjectStore(clock);
  private final List<String> asked = new ArrayList<>();
  private boolean denied;
  private Path repository;

  @BeforeEach
  void arrive() throws IOException {
    repository = Files.createDirectories(folder.toRealPath().resolve("v-appydave"));
    Files.writeString(repository.resolve(".video-tools.env"), "");
    Files.createDirectories(repository.resolve("b63-flivideo/s3-staging"));
    archive(B40, "b40-old", "v-appydave");
    archive("appydave/b00-b49/b41-voz.tar.gz", "b41-voz", "v-voz");
    put(shared, "v-appydave/b63-flivideo/draft.mp4", "a draft", Map.of());
    put(shared, "v-appydave/b63-flivideo/metadata.json", "{}", Map.of());
  }

  @Test
  void what_is_in_S3_is_in_the_manifest_the_list_and_the_project() throws IOException {
    CommandRun run = run("manifest");

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out()).contains("Projects: 2", "S3:         1", "S3:              200.0 KB");
    assertThat(run("list").out()).contains("b40-old       -      -    yes").doesNotContain("b41");
    assertThat(run("show", "b40").out())
        .contains("S3: " + B40, "3 files, 200.0 KB", "stored just now")
        .contains("Next: to Glacier, from 2026-10-31 on: 180 days after its upload to S3");
    assertThat(run("show", "b63").out()).contains("Shared in S3: 1 file, 7 B, last sync");
  }

  @Test
  void a_second_look_is_one_listing_of_each_place() throws IOException {
    run("manifest");
    asked.clear();

    run("manifest");

    // Another repository's archive is asked each time whose it is: nothing here remembers it.
    assertThat(asked)
        .containsExactly(
            "list appydave/", "head appydave/b00-b49/b41-voz.tar.gz", "list v-appydave/");
  }

  @Test
  void a_denied_listing_keeps_what_was_known_and_says_so() throws IOException {
    run("manifest");
    denied = true;
    clock.pass(Duration.ofDays(3));

    CommandRun run = run("manifest");

    assertThat(run.exit()).isZero();
    assertThat(run.err())
        .contains("The archives in S3 could not be looked at: nobody may list this")
        .contains("What is shared through S3 could not be looked at");
    assertThat(run("list").out()).contains("b40-old       -      -    yes");
    assertThat(run("show", "b40").out()).contains("seen 3 days ago");
    assertThat(run("show", "b63").out()).contains("Shared in S3: 1 file");
  }

  @Test
  void what_is_gone_from_S3_is_gone_from_the_manifest_and_that_is_said() throws IOException {
    run("manifest");
    vault.remove(B40, vault.head(B40).orElseThrow().summary().etag());

    assertThat(run("manifest").out()).contains("b40-old is no longer found anywhere");
    assertThat(run("list").out()).doesNotContain("b40-old");
  }

  @Test
  void a_thaw_is_seen_by_whoever_looks() throws IOException {
    run("manifest");
    assertThat(run("freeze", "b40", "--yes").exit()).isZero();
    run("manifest");
    assertThat(run("list").out()).contains("glacier");
    vault.thaw(B40, vault.head(B40).orElseThrow().summary().etag(), 7, ThawTier.BULK);
    run("manifest");
    assertThat(run("list").out()).contains("thawing");
    assertThat(run("show", "b40").out()).contains("Glacier: " + B40, "      thawing");
    clock.pass(Duration.ofDays(3));

    run("manifest");

    assertThat(run("list").out()).contains("thawed");
    assertThat(run("show", "b40").out())
        .contains("thawed, can be read until ", "Next: stays where it is");
    assertThat(run("show", "b40", "--json").out()).contains("\"storage_class\" : \"DEEP_ARCHIVE\"");
  }

  @Test
  void offline_asks_nobody_and_wrong_settings_stop_only_what_needs_them() throws IOException {
    assertThat(run("manifest", "--offline").exit()).isZero();
    assertThat(asked).isEmpty();
    Files.writeString(repository.resolve(".video-tools.env"), "S3_COLLAB_PREFIX=../x\n");

    CommandRun run = run("manifest");

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out()).contains("S3:         1");
    assertThat(run.err()).contains("What is shared through S3 could not be looked at");
  }

  @Test
  void an_archive_that_does_not_say_whose_it_is_belongs_to_a_known_project_or_to_nobody()
      throws IOException {
    put(vault, "appydave/b50-b99/b63-flivideo.tar.gz", "by another tool", Map.of());
    put(vault, "appydave/b50-b99/b99-lost.tar.gz", "by another tool", Map.of());
    put(vault, "appydave/../../etc.tar.gz", "hostile", Map.of());

    CommandRun run = run("manifest");

    assertThat(run.out())
        .contains("b99-lost.tar.gz in S3 does not say which repository it is of")
        .contains("S3:         2");
    assertThat(run("list").out()).doesNotContain("b99", "etc");
  }

  private CommandRun run(String... words) {
    return CommandRun.in(repository)
        .with("S3_ARCHIVE_BUCKET", "vault")
        .with("S3_ARCHIVE_PREFIX", "appydave")
        .with("S3_COLLAB_BUCKET", "shared")
        .with("S3_REPO_NAME", "v-appydave")
        .with("S3_SYNC_USER", "david")
        .home(folder.resolve("home"))
        .at(clock)
        .using(new InMemory())
        .run(words);
  }

  private void archive(String key, String project, String repo) throws IOException {
    put(
        vault,
        key,
        "x".repeat(200_000),
        Map.of("repo", repo, "project-id", project, "files", "3", "bytes", "300000"));
  }

  private static void put(
      MemoryObjectStore bucket, String key, String content, Map<String, String> metadata)
      throws IOException {
    bucket.put(
        key,
        Body.of(content.getBytes(UTF_8)),
        new ObjectAttributes("application/gzip", metadata),
        Guard.absent());
  }

  private final class InMemory implements Services {
    @Override
    public ObjectStore openStore(S3Access access, String name, Set<Condition> lacking) {
      return new Watched(name.equals("vault") ? vault : shared);
    }

    @Override
    public KeepAwake keepAwake() {
      return why -> () -> {};
    }
  }

  /// Takes note of what is asked, or lets nobody list.
  private final class Watched extends ForwardingStore {
    private Watched(ObjectStore store) {
      super(store);
    }

    @Override
    public void list(String prefix, Consumer<ObjectSummary> each) throws StoreException {
      if (denied) {
        throw new StoreException.AccessDenied("nobody may list this", null);
      }
      asked.add("list " + prefix);
      super.list(prefix, each);
    }

    @Override
    public Optional<ObjectFacts> head(String key) throws StoreException {
      asked.add("head " + key);
      return super.head(key);
    }
  }
}
