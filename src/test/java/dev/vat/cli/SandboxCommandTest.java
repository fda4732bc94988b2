package dev.vat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

final class SandboxCommandTest {
  @TempDir Path folder;

  @Test
  @Timeout(60)
  void it_serves_until_it_is_stopped_and_prints_what_to_paste() throws Exception {
    CompletableFuture<String> told = new CompletableFuture<>();
    PaperTerminal paper = new PaperTerminal(false, true, "");
    Surroundings surroundings = CommandRun.in(folder).surroundings(new Announcing(paper, told));
    CompletableFuture<Integer> exit = new CompletableFuture<>();
    Thread serving =
        Thread.ofVirtual()
            .start(
                () ->
                    exit.complete(
                        Vat.run(
                            surroundings,
                            null,
                            "sandbox",
                            "--dir",
                            "s3",
                            "--port",
                            "0",
                            "--bucket",
                            "films",
                            "--glacier-delay",
                            "20s")));
    String output = told.get(50, TimeUnit.SECONDS);
    Matcher endpoint =
        Pattern.compile("AWS_ENDPOINT_URL_S3=(http://127.0.0.1:\\d+)\n").matcher(output);
    assertThat(endpoint.find()).isTrue();
    assertThat(output)
        .contains("S3_COLLAB_BUCKET=films\n", "AWS_ACCESS_KEY_ID=", "AWS_SECRET_ACCESS_KEY=")
        .contains(endpoint.group(1) + "/-/clock (right; ", "Thaws take: 20s\n");

    HttpURLConnection unsigned =
        (HttpURLConnection) URI.create(endpoint.group(1) + "/films").toURL().openConnection();
    assertThat(unsigned.getResponseCode()).isEqualTo(403);
    serving.interrupt();
    assertThat(exit.get(50, TimeUnit.SECONDS)).isEqualTo(130);
    assertThat(folder.resolve("s3")).isDirectory();
  }

  @Test
  void a_port_that_is_taken_is_told() throws Exception {
    try (ServerSocket taken =
        new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
      String port = Integer.toString(taken.getLocalPort());

      CommandRun run = CommandRun.in(folder).run("sandbox", "--dir", "s3", "--port", port);

      assertThat(run.exit()).isEqualTo(5);
      assertThat(run.err()).contains("port " + port + " is in use", "--port 0");
    }
  }

  @Test
  void a_bucket_name_that_s3_would_refuse_is_refused() {
    CommandRun run = CommandRun.in(folder).run("sandbox", "--dir", "s3", "--bucket", "My/Bucket");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(folder.resolve("s3")).doesNotExist();
  }

  @Test
  void a_thaw_that_takes_no_time_is_refused() {
    CommandRun run = CommandRun.in(folder).run("sandbox", "--dir", "s3", "--glacier-delay", "0s");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(folder.resolve("s3")).doesNotExist();
  }

  @Test
  void the_folder_must_be_named() {
    assertThat(CommandRun.in(folder).run("sandbox").err()).contains("--dir");
  }
}
