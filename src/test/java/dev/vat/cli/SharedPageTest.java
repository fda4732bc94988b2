package dev.vat.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.vat.cloud.Body;
import dev.vat.cloud.Condition;
import dev.vat.cloud.Guard;
import dev.vat.cloud.ObjectAttributes;
import dev.vat.cloud.ObjectStore;
import dev.vat.cloud.s3.S3Connection;
import dev.vat.cloud.s3.S3Keys;
import dev.vat.cloud.s3.S3ObjectStore;
import dev.vat.sandbox.SandboxOptions;
import dev.vat.sandbox.SandboxServer;
import dev.vat.settings.S3Access;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A real video on a real server, uploaded by another tool without saying what it is: whoever gets
/// the link sees it.
final class SharedPageTest {
  private static final String BUCKET = "films";

  /// Red, green and blue of every frame of `green.webm`.
  private static final int[] GREEN = {0, 160, 64};

  private static final Duration LONGEST_LOOK = Duration.ofMinutes(2);

  @TempDir Path folder;
  private SandboxServer server;
  private byte[] video;

  @BeforeEach
  void serve() throws IOException {
    server =
        SandboxServer.start(
            SandboxOptions.in(folder.resolve("s3"), InstantSource.system()).withBuckets(BUCKET));
    video = SharedPageTest.class.getResourceAsStream("green.webm").readAllBytes();
    try (ObjectStore store = opened()) {
      store.put(
          "v-appydave/b63-flivideo/green.webm",
          Body.of(video),
          new ObjectAttributes("application/octet-stream", Map.of()),
          Guard.absent());
    }
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  @Test
  void a_link_answers_what_a_player_asks() throws Exception {
    URI link = URI.create(shared("share", "b63-flivideo", "green.webm").strip());
    try (HttpClient player = HttpClient.newHttpClient()) {
      HttpResponse<byte[]> whole =
          player.send(
              HttpRequest.newBuilder(link).header("Range", "bytes=0-").build(),
              HttpResponse.BodyHandlers.ofByteArray());
      HttpResponse<byte[]> end =
          player.send(
              HttpRequest.newBuilder(link).header("Range", "bytes=-10").build(),
              HttpResponse.BodyHandlers.ofByteArray());

      assertThat(whole.statusCode()).isEqualTo(206);
      assertThat(whole.body()).isEqualTo(video);
      assertThat(whole.headers().firstValue("Content-Type")).contains("video/webm");
      assertThat(whole.headers().firstValue("Accept-Ranges")).contains("bytes");
      assertThat(end.statusCode()).isEqualTo(206);
      assertThat(end.body()).hasSize(10);
    }
  }

  @Test
  void a_browser_plays_the_link_and_the_page() throws Exception {
    Path browser = browser();
    String link = shared("share", "b63-flivideo", "green.webm", "--html").strip();

    assertShowsGreen(browser, link, "link", 2);
    assertShowsGreen(
        browser, folder.resolve("v-appydave/green.html").toUri().toString(), "page", 3);
  }

  /// Looks until the video is there: a busy machine may take the picture before the first frame is
  /// painted. Nothing but the video is green, so a picture that ever is shows that it plays.
  ///
  /// @param part of the height, where the video must be; away from a player's buttons
  private void assertShowsGreen(Path browser, String address, String name, int part)
      throws Exception {
    long deadline = System.nanoTime() + LONGEST_LOOK.toNanos();
    int colour;
    int looks = 0;
    do {
      BufferedImage seen = seen(browser, address, name + ++looks);
      colour = seen.getRGB(seen.getWidth() / 2, seen.getHeight() / part) & 0xffffff;
    } while (!isGreen(colour) && System.nanoTime() < deadline);
    assertThat(isGreen(colour)).as("%s looks, the last saw %06x", looks, colour).isTrue();
  }

  private static boolean isGreen(int colour) {
    return IntStream.range(0, GREEN.length)
        .allMatch(i -> Math.abs((colour >> 16 - 8 * i & 0xff) - GREEN[i]) <= 24);
  }

  private BufferedImage seen(Path browser, String address, String name) throws Exception {
    Path screenshot = folder.resolve(name + ".png");
    Path log = folder.resolve(name + ".log");
    Process process =
        new ProcessBuilder(
                List.of(
                    browser.toString(),
                    "--headless=new",
                    // Browsers refuse to run as root otherwise, as in a container.
                    "--no-sandbox",
                    "--disable-gpu",
                    "--no-first-run",
                    "--user-data-dir=" + folder.resolve(name + "-profile"),
                    "--autoplay-policy=no-user-gesture-required",
                    "--virtual-time-budget=5000",
                    "--window-size=800,600",
                    "--screenshot=" + screenshot,
                    address))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      assertThat(process.waitFor(90, TimeUnit.SECONDS)).as("the browser ends").isTrue();
    } finally {
      process.destroyForcibly().waitFor();
    }
    assertThat(screenshot).as(Files.readString(log)).isNotEmptyFile();
    return ImageIO.read(screenshot.toFile());
  }

  private static Path browser() {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Stream.of("chromium", "chromium-browser", "google-chrome")
        .flatMap(name -> Stream.of(path.split(File.pathSeparator)).map(f -> Path.of(f, name)))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseGet(
            () -> abort("no Chromium on the PATH: whether a browser plays a link was not tried"));
  }

  private String shared(String... words) throws IOException {
    Path repository = Files.createDirectories(folder.resolve("v-appydave"));
    Files.writeString(repository.resolve(".video-tools.env"), "");
    CommandRun run =
        CommandRun.in(repository)
            .with("AWS_ENDPOINT_URL_S3", server.endpoint().toString())
            .with("AWS_REGION", "us-east-1")
            .with("AWS_ACCESS_KEY_ID", SandboxOptions.ACCESS_KEY)
            .with("AWS_SECRET_ACCESS_KEY", SandboxOptions.SECRET_KEY)
            .with("S3_COLLAB_BUCKET", BUCKET)
            .with("S3_REPO_NAME", "v-appydave")
            .using(new OnTheSandbox())
            .run(words);
    assertThat(run.exit()).as(run.err()).isZero();
    return run.out();
  }

  private ObjectStore opened() {
    return S3ObjectStore.open(
        new S3Connection(
            Optional.of(server.endpoint()),
            Optional.of("us-east-1"),
            Optional.of(
                new S3Keys(SandboxOptions.ACCESS_KEY, SandboxOptions.SECRET_KEY, Optional.empty())),
            Optional.empty()),
        BUCKET);
  }

  private final class OnTheSandbox implements Services {
    @Override
    public ObjectStore openStore(S3Access access, String bucket, Set<Condition> lacking) {
      return opened();
    }

    @Override
    public KeepAwake keepAwake() {
      return why -> () -> {};
    }
  }
}
