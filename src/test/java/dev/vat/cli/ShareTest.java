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
import dev.vat.cloud.ReadLink;
import dev.vat.cloud.StorageClass;
import dev.vat.cloud.StoreException;
import dev.vat.settings.S3Access;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `vat share`: which file is meant, what is said of the link, and where its page goes.
final class ShareTest {
  private static final String PREFIX = "v-appydave/b63-flivideo/";
  private static final String LINK =
      "https://memory.example/v-appydave/b63-flivideo/draft.mp4?X-Amz-Signature=IN_BROWSER\n";

  @TempDir Path folder;
  private final HandClock clock = new HandClock();
  private final MemoryObjectStore bucket = new MemoryObjectStore(clock);
  private final AtomicInteger heads = new AtomicInteger();
  private final AtomicInteger listings = new AtomicInteger();
  private String storageClass = "STANDARD";
  private Path repository;
  private Path project;

  @BeforeEach
  void arrive() throws IOException {
    repository = Files.createDirectories(folder.toRealPath().resolve("v-appydave"));
    Files.writeString(repository.resolve(".video-tools.env"), "");
    project = Files.createDirectories(repository.resolve("b63-flivideo"));
  }

  @Test
  void the_link_alone_is_the_result_and_until_when_it_works_is_said_beside_it() throws Exception {
    put("draft.mp4", "first cut");

    CommandRun run = run("share", "b63", "draft.mp4");

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out()).isEqualTo(LINK);
    assertThat(run.err())
        .contains("draft.mp4 (9 B, in S3 from jan, just now)")
        .contains("Works until Mon 11 May 2026, 10:00 GMT.")
        .contains("Anybody who has the link can watch, without a password")
        .doesNotContain("X-Amz-");
    assertThat(run("share", "b63", "draft.mp4", "--expires", "12H").err())
        .contains("Works until Mon 4 May 2026, 22:00 GMT.");
  }

  @Test
  void times_are_those_of_the_users_zone_and_tell_their_distance_from_greenwich() {
    Instant time = Instant.parse("2026-05-11T18:30:00Z");
    assertThat(Moments.of(time, ZoneId.of("Asia/Bangkok")))
        .isEqualTo("Tue 12 May 2026, 01:30 GMT+7");
    assertThat(Moments.of(time, ZoneId.of("Asia/Kolkata")))
        .isEqualTo("Tue 12 May 2026, 00:00 GMT+5:30");
  }

  @Test
  void one_question_is_enough() throws Exception {
    for (int i = 0; i < 20; i++) {
      put("other-" + i + ".mp4", "other");
    }
    put("draft.mp4", "first cut");
    write("draft.mp4", "first cut");

    assertThat(run("share", "b63", "draft.mp4").exit()).isZero();

    assertThat(heads).hasValue(1);
    assertThat(listings).hasValue(0);
  }

  @Test
  void inside_the_project_its_name_is_left_out() throws Exception {
    put("cuts/draft.mp4", "first cut");
    write("cuts/draft.mp4", "first cut");

    CommandRun above = person(project).run("share", "cuts/draft.mp4");
    CommandRun beside = person(project.resolve("s3-staging/cuts")).run("share", "draft.mp4");

    assertThat(above.out()).as(above.err()).contains("/b63-flivideo/cuts/draft.mp4?");
    assertThat(beside.out()).as(beside.err()).isEqualTo(above.out());
  }

  @Test
  void a_key_whose_accents_another_tool_stored_apart_is_found() throws Exception {
    put("cafe\u0301.mp4", "first cut");

    CommandRun run = run("share", "b63", "caf\u00e9.mp4");

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out()).contains("/cafe\u0301.mp4?");
  }

  @Test
  void exactly_one_file_must_be_meant() throws Exception {
    put("audio/take 1.wav", "one");
    put("audio/take 2.wav", "two");
    put("draft.mp4", "first cut");
    write("only-here/notes.txt", "mine");

    refused(2, "which file of b63-flivideo?", "share", "b63");
    refused(2, "2 were named", "share", "b63", "draft.mp4", "audio");
    refused(2, "name a file, for example \"audio/take 1.wav\"", "share", "b63", "audio/");
    refused(2, "nothing of it is in S3 yet", "share", "b63", "only-here");
    refused(2, "did you mean draft.mp4?", "share", "b63", "drfat.mp4");
    refused(2, "no staged file is called metadata.json", "share", "b63", "metadata.json");
    refused(2, "which project?", "share");
  }

  @Test
  void what_is_only_here_has_to_be_sent_first() throws Exception {
    write("my draft.mp4", "first cut");

    refused(
        1, "send it first: vat up b63-flivideo \"my draft.mp4\"", "share", "b63", "my draft.mp4");
  }

  @ParameterizedTest
  @ValueSource(strings = {"59m", "0h", "0d", "8d", "169h", "7", "", "-1h", "1w", "999999d", "1.5d"})
  void a_time_outside_of_the_limits_is_refused_and_the_limits_are_told(String time) {
    CommandRun run = run("share", "b63", "draft.mp4", "--expires=" + time);

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("write 1h to 7d, for example 12h or 3d");
  }

  @Test
  void a_version_that_differs_here_is_warned_of() throws Exception {
    write("draft.mp4", "first cut");
    assertThat(run("up", "b63").exit()).isZero();
    assertThat(run("share", "b63", "draft.mp4").err()).doesNotContain("yours");

    write("draft.mp4", "a longer second cut");
    assertThat(run("share", "b63", "draft.mp4").err())
        .contains("yours is newer; the link shows S3's")
        .contains("vat up b63-flivideo draft.mp4");
    write("draft.mp4", "FIRST CUT");
    assertThat(run("share", "b63", "draft.mp4").err()).contains("yours is newer");

    write("draft.mp4", "first cut");
    replace("draft.mp4", "Jan's cut");
    CommandRun newer = run("share", "b63", "draft.mp4");
    assertThat(newer.err())
        .contains("S3's is newer than yours")
        .contains("vat down b63-flivideo draft.mp4");
    assertThat(newer.out()).isEqualTo(LINK);

    write("draft.mp4", "David's third cut");
    assertThat(run("share", "b63", "draft.mp4").err()).contains("(a conflict)");
    assertThat(run("share", "b63", "draft.mp4").exit()).isZero();
  }

  @Test
  void a_link_in_place_of_the_file_cannot_be_compared_and_that_is_said() throws Exception {
    put("draft.mp4", "first cut");
    Path staging = Files.createDirectories(project.resolve("s3-staging"));
    Files.createSymbolicLink(staging.resolve("draft.mp4"), folder.resolve("unplugged"));

    CommandRun run = run("share", "b63", "draft.mp4");

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.err()).contains("whether yours is the same could not be told");
  }

  @Test
  void credentials_that_end_earlier_end_the_link_and_that_is_said() throws Exception {
    put("draft.mp4", "first cut");

    bucket.signBy(new ReadLink.Signer.Until(clock.instant().plusSeconds(3600)));
    CommandRun known = run("share", "b63", "draft.mp4", "--html");
    assertThat(known.err())
        .contains("your credentials are temporary, and the link ends with them")
        .contains("Works until Mon 4 May 2026, 11:00 GMT.");
    assertThat(project.resolveSibling("draft.html")).content().contains("4 May 2026, 11:00 GMT<");

    bucket.signBy(new ReadLink.Signer.Temporary());
    assertThat(run("share", "b63", "draft.mp4").err())
        .contains("do not tell when they end")
        .contains("Works until Mon 11 May 2026, 10:00 GMT at most.");

    bucket.signBy(new ReadLink.Signer.Until(clock.instant().plusSeconds(3600 * 24 * 30)));
    assertThat(run("share", "b63", "draft.mp4").err()).doesNotContain("temporary");
  }

  @Test
  void what_a_browser_cannot_play_or_s3_cannot_give_is_warned_of() throws Exception {
    put("raw.mxf", "raw");
    assertThat(run("share", "b63", "raw.mxf").err())
        .contains("browsers do not play this kind of video");

    put("draft.mp4", "first cut");
    storageClass = "DEEP_ARCHIVE";
    assertThat(run("share", "b63", "draft.mp4").err()).contains("it is in Glacier");
  }

  @Test
  void a_page_is_whole_safe_and_needs_nothing_else() throws Exception {
    String hostile = "<script>alert('1')</script>&\"\u202egpj.mp4";
    put(hostile.replace("/", "_"), "first cut");

    CommandRun run = run("share", "b63", hostile.replace("/", "_"), "--html");

    assertThat(run.exit()).as(run.err()).isZero();
    Path page = repository.resolve("_script_alert('1')__script_&__gpj.html");
    assertThat(page)
        .content()
        .startsWith("<!doctype html>")
        .contains("<video controls", "playsinline", "X-Amz-Signature=AS_DOWNLOAD")
        .contains("&lt;script&gt;alert(&#39;1&#39;)&lt;_script&gt;&amp;&quot;\\u202egpj.mp4")
        .contains("<time datetime=\"2026-05-11T10:00:00Z\">Mon 11 May 2026, 10:00 GMT</time>")
        .contains("9 B", "prefers-color-scheme: dark", "name=\"viewport\"")
        .doesNotContain("<script", "{name}", "{link}", "<link", "@import", "url(");
  }

  @Test
  void each_kind_of_file_gets_what_browsers_have_for_it() throws Exception {
    String[][] kinds = {
      {"a.mov", "<video "},
      {"b.mkv", "<video "},
      {"c.wav", "<audio "},
      {"d.png", "<img "},
      {"e.zip", ""},
      {"f.avi", "Browsers do not play this kind of file"}
    };
    for (String[] kind : kinds) {
      put(kind[0], "content");
      assertThat(run("share", "b63", kind[0], "--html").exit()).isZero();
      Path page = repository.resolve(kind[0].replaceAll("[.].*", ".html"));
      assertThat(page).content().contains(kind[1]).contains(">Download</a>");
      if (!kind[1].startsWith("<")) {
        assertThat(page).content().doesNotContain("<video ", "<audio ", "<img ");
      }
    }
  }

  @Test
  void a_page_never_replaces_anything() throws Exception {
    put("draft.mp4", "first cut");
    Files.writeString(repository.resolve("draft.html"), "mine");

    CommandRun run = run("share", "b63", "draft.mp4", "--html");

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("draft.html is there already, and nothing is overwritten");
    assertThat(repository.resolve("draft.html")).hasContent("mine");
    assertThat(files()).containsExactlyInAnyOrder("draft.html", "b63-flivideo");
  }

  @Test
  void a_page_never_comes_into_the_shared_folder() throws Exception {
    put("draft.mp4", "first cut");
    Path staging = Files.createDirectories(project.resolve("s3-staging/cuts"));
    Path way = Files.createSymbolicLink(folder.resolve("way"), staging);

    assertThat(person(staging).run("share", "b63", "draft.mp4", "--html").exit()).isEqualTo(2);
    refused(2, "in s3-staging", "share", "b63", "draft.mp4", "--html=" + way + "/page.html");
    refused(2, "ends in .html", "share", "b63", "draft.mp4", "--html=draft.mp4");
    refused(2, "there is no folder", "share", "b63", "draft.mp4", "--html=none/page.html");
    assertThat(staging).isEmptyDirectory();
  }

  @Test
  void the_option_takes_a_page_and_leaves_the_file_alone() throws Exception {
    put("draft.mp4", "first cut");

    assertThat(run("share", "--html", "b63", "draft.mp4").exit()).isZero();
    assertThat(run("share", "--html", "two.html", "b63", "draft.mp4").exit()).isZero();
    assertThat(run("share", "b63", "draft.mp4", "--html=three.htm").exit()).isZero();

    assertThat(files()).contains("draft.html", "two.html", "three.htm");
  }

  @Test
  void a_dry_run_makes_no_link_and_no_page() throws Exception {
    put("draft.mp4", "first cut");

    CommandRun run = run("share", "b63", "draft.mp4", "--html", "--dry-run");
    CommandRun json = run("share", "b63", "draft.mp4", "--html", "--dry-run", "--json");

    assertThat(run.exit()).isZero();
    assertThat(run.out())
        .contains("Would write the page " + repository.resolve("draft.html"))
        .contains("Would print a link to s3://memory/" + PREFIX + "draft.mp4")
        .doesNotContain("X-Amz-");
    assertThat(run.err()).contains("Works until").doesNotContain("X-Amz-");
    assertThat(json.out()).contains("\"url\" : null").doesNotContain("X-Amz-");
    assertThat(files()).containsExactly("b63-flivideo");
  }

  private void refused(int exit, String why, String... words) {
    CommandRun run = run(words);
    assertThat(run.exit()).as(run.err()).isEqualTo(exit);
    assertThat(run.err()).contains(why);
    assertThat(run.out()).isEmpty();
  }

  private CommandRun run(String... words) {
    return person(repository).run(words);
  }

  private CommandRun.Person person(Path where) {
    return CommandRun.in(where)
        .at(clock)
        .with("AWS_ENDPOINT_URL_S3", "http://127.0.0.1:1")
        .with("AWS_REGION", "us-east-1")
        .with("S3_COLLAB_BUCKET", "memory")
        .with("S3_REPO_NAME", "v-appydave")
        .with("S3_SYNC_USER", "david")
        .home(folder.resolve("home"))
        .using(new Counted());
  }

  private final class Counted implements Services {
    @Override
    public ObjectStore openStore(S3Access access, String name, Set<Condition> lacking) {
      return new ForwardingStore(bucket) {
        @Override
        public Optional<ObjectFacts> head(String key) throws StoreException {
          heads.incrementAndGet();
          return super.head(key).map(ShareTest.this::inClass);
        }

        @Override
        public void list(String prefix, Consumer<ObjectSummary> each) throws StoreException {
          listings.incrementAndGet();
          super.list(prefix, each);
        }
      };
    }

    @Override
    public KeepAwake keepAwake() {
      return why -> () -> {};
    }
  }

  private ObjectFacts inClass(ObjectFacts facts) {
    ObjectSummary s = facts.summary();
    return new ObjectFacts(
        new ObjectSummary(
            s.key(), s.sizeBytes(), s.etag(), s.lastModified(), StorageClass.told(storageClass)),
        facts.metadata(),
        facts.contentType(),
        facts.crc32(),
        facts.encryptedByKms());
  }

  private void write(String name, String content) throws IOException {
    Path file = project.resolve("s3-staging").resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  private void put(String name, String content) throws IOException {
    put(name, content, Guard.absent());
  }

  private void replace(String name, String content) throws IOException {
    ObjectSummary old = bucket.head(PREFIX + name).orElseThrow().summary();
    put(name, content, Guard.unchanged(old.etag()));
  }

  private void put(String name, String content, Guard guard) throws IOException {
    bucket.put(
        PREFIX + name,
        Body.of(content.getBytes(UTF_8)),
        new ObjectAttributes("application/octet-stream", Map.of("uploaded-by", "jan")),
        guard);
  }

  private Stream<String> files() throws IOException {
    try (Stream<Path> entries = Files.list(repository)) {
      return entries
          .map(entry -> entry.getFileName().toString())
          .filter(name -> !name.startsWith(".vat") || name.startsWith(".vat-tmp"))
          .filter(name -> !name.equals(".video-tools.env"))
          .toList()
          .stream();
    }
  }
}
