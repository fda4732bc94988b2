package dev.vat.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.vat.cloud.Condition;
import dev.vat.cloud.ObjectStore;
import dev.vat.cloud.s3.S3Connection;
import dev.vat.cloud.s3.S3Keys;
import dev.vat.cloud.s3.S3ObjectStore;
import dev.vat.sandbox.SandboxOptions;
import dev.vat.sandbox.SandboxServer;
import dev.vat.settings.S3Access;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/// `docs/recover-without-vat.md`, followed literally: found in the bucket, where the backup put it,
/// its commands by a shell, against a project that `vat` backed up and froze.
final class RecoverWithoutVatTest {
  private static final Path PAGE = Path.of("docs/recover-without-vat.md").toAbsolutePath();
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```sh( thaw)?\\n(.*?)^```$");
  private static final String BUCKET = "films";

  @TempDir Path folder;
  private SandboxServer server;
  private Path repository;

  @BeforeEach
  void serve() throws IOException {
    server =
        SandboxServer.start(
            SandboxOptions.in(folder.resolve("s3"), InstantSource.system()).withBuckets(BUCKET));
    repository = Files.createDirectories(folder.toRealPath().resolve("v-appydave"));
    Files.writeString(repository.resolve(".video-tools.env"), "");
    write("film.srt", "1\n00:00:01,000 --> 00:00:02,000\nhello\n");
    write("recordings/take one.mp4", "a take ".repeat(40_000));
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  @Test
  void everything_comes_back_by_the_page_alone(TestReporter reporter) throws Exception {
    requireTools(reporter, "aws", "tar", "python3", "sh");
    assertSucceeds("backup", "b40", "--place", "local");
    assertSucceeds("freeze", "b40", "--yes");
    Path work = Files.createDirectories(folder.resolve("new computer"));
    String said = shell("aws s3 ls \"s3://$BUCKET/$PREFIX\"", work);
    assertThat(said).contains("RECOVER-WITHOUT-VAT.md");
    said = shell("aws s3 cp \"s3://$BUCKET/${PREFIX}RECOVER-WITHOUT-VAT.md\" page.md", work);
    Path page = work.resolve("page.md");
    assertThat(page).as(said).hasSameBinaryContentAs(PAGE);
    List<Block> blocks = blocks(page);

    for (Block block : blocks) {
      said = shell(block.commands(), work);
      if (block.thaws()) {
        server.forward(Duration.ofHours(49));
      }
    }

    assertThat(blocks).filteredOn(Block::thaws).hasSize(1);
    assertThat(work.resolve("b40-old/film.srt"))
        .hasSameBinaryContentAs(repository.resolve("b40-old/film.srt"));
    assertThat(work.resolve("b40-old/recordings/take one.mp4"))
        .hasSameBinaryContentAs(repository.resolve("b40-old/recordings/take one.mp4"));
    assertThat(work.resolve("light/b40-old/film.srt"))
        .hasSameBinaryContentAs(repository.resolve("b40-old/film.srt"));
    assertThat(work.resolve("light/b40-old/recordings")).doesNotExist();
    assertThat(work.resolve("checked")).as(said).hasContent("whole");
  }

  private record Block(boolean thaws, String commands) {}

  private static List<Block> blocks(Path page) throws IOException {
    List<Block> blocks = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(Files.readString(page));
    while (matcher.find()) {
      blocks.add(new Block(matcher.group(1) != null, matcher.group(2)));
    }
    return blocks;
  }

  /// Each block in a shell of its own, with the variable that an earlier one sets.
  private String shell(String commands, Path work) throws IOException, InterruptedException {
    boolean checks = commands.startsWith("python3");
    Path out = checks ? work.resolve("checked") : folder.resolve("out.txt");
    Path err = folder.resolve("err.txt");
    ProcessBuilder builder =
        new ProcessBuilder("sh", "-e", "-c", "PROJECT=b00-b49/b40-old\n" + commands)
            .directory(work.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().put("AWS_ENDPOINT_URL", server.endpoint().toString());
    builder.environment().put("AWS_ACCESS_KEY_ID", SandboxOptions.ACCESS_KEY);
    builder.environment().put("AWS_SECRET_ACCESS_KEY", SandboxOptions.SECRET_KEY);
    builder.environment().put("AWS_REGION", "us-east-1");
    builder.environment().put("AWS_DEFAULT_REGION", "us-east-1");
    builder.environment().put("AWS_PAGER", "");
    builder.environment().put("BUCKET", BUCKET);
    builder.environment().put("PREFIX", "archive/");
    Process process = builder.start();
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).as(commands).isTrue();
    String said = Files.readString(out) + Files.readString(err);
    assertThat(process.exitValue()).as(commands + said).isZero();
    return said;
  }

  private static void requireTools(TestReporter reporter, String... programs) {
    for (String program : programs) {
      boolean there =
          Stream.of(System.getenv("PATH").split(File.pathSeparator))
              .anyMatch(each -> Files.isExecutable(Path.of(each, program)));
      if (!there) {
        String why = "docs/recover-without-vat.md NOT FOLLOWED: there is no " + program;
        reporter.publishEntry(why);
        abort(why);
      }
    }
  }

  private void assertSucceeds(String... words) {
    CommandRun run =
        CommandRun.in(repository)
            .with("AWS_ENDPOINT_URL_S3", server.endpoint().toString())
            .with("AWS_REGION", "us-east-1")
            .with("AWS_ACCESS_KEY_ID", SandboxOptions.ACCESS_KEY)
            .with("AWS_SECRET_ACCESS_KEY", SandboxOptions.SECRET_KEY)
            .with("S3_ARCHIVE_BUCKET", BUCKET)
            .with("S3_ARCHIVE_PREFIX", "archive")
            .with("S3_REPO_NAME", "v-appydave")
            .with("S3_SYNC_USER", "david")
            .home(folder.resolve("home"))
            .using(new OnTheSandbox())
            .run(words);
    assertThat(run.exit()).as(String.join(" ", words) + run.out() + run.err()).isZero();
  }

  private void write(String name, String content) throws IOException {
    Path file = repository.resolve("b40-old").resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  private static final class OnTheSandbox implements Services {
    @Override
    public ObjectStore openStore(S3Access access, String bucket, Set<Condition> lacking) {
      return S3ObjectStore.open(
          new S3Connection(
              access.endpoint(),
              Optional.of("us-east-1"),
              Optional.of(
                  new S3Keys(
                      SandboxOptions.ACCESS_KEY, SandboxOptions.SECRET_KEY, Optional.empty())),
              Optional.empty()),
          bucket);
    }

    @Override
    public KeepAwake keepAwake() {
      return why -> () -> {};
    }
  }
}
