package dev.vat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `vat estimate` as users type it.
final class EstimateTest {
  @TempDir Path folder;
  private Path repository;
  private final HandClock clock = new HandClock();

  @BeforeEach
  void prepare() throws IOException {
    repository = Files.createDirectories(folder.resolve("v-appydave"));
    Files.createFile(repository.resolve(".video-tools.env"));
  }

  @Test
  void a_total_and_its_split_give_the_three_scenarios_that_users_know() {
    CommandRun run = vat("estimate", "--total", "400GB", "--split", "100,100,200");

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out())
        .startsWith(
            """
            📊 Storage Cost Estimation (400GB total)

            Scenario 1: All S3 Standard
              Monthly: $9.20 | Annual: $110.40

            Scenario 2: All Glacier Deep Archive
              Monthly: $0.40 | Annual: $4.80

            Scenario 3: Hybrid (Recommended)
              SSD (6mo):        100 GB - $0.00/mo
              S3 Standard:      100 GB - $2.30/mo
              Glacier (2yr+):   200 GB - $0.20/mo
              ----------------------------------
              Total:            400 GB - $2.50/mo ($30/year)
            """)
        .contains("Prices: AWS us-east-1, US dollars without tax, list of 2026-10.");
  }

  @Test
  void another_region_has_its_own_prices_and_says_what_nobody_confirmed() {
    assertThat(vat("estimate", "--total", "400GB", "--region", "ap-southeast-1").out())
        .contains("Monthly: $10.00 | Annual: $120.00", "some of them are not confirmed");
    CommandRun nowhere = vat("estimate", "--total", "1TB", "--region", "mars-north-1");
    assertThat(nowhere.exit()).isEqualTo(2);
    assertThat(nowhere.err()).contains("mars-north-1 are not known", "us-east-1");
  }

  @Test
  void a_server_on_this_computer_stands_for_aws_and_another_providers_prices_are_not_known()
      throws IOException {
    Files.writeString(
        repository.resolve("projects.json"),
        """
        {"config": {}, "projects": [{"id": "b12-old", "storage": {
          "s3": {"exists": true, "key": "x/b12-old.tar.gz", "tier": "STANDARD",
            "size_bytes": 26843545600}}}]}
        """);
    assertThat(shownWith("http://127.0.0.1:9123")).contains("$0.63 a month");
    assertThat(shownWith("https://127.0.0.1.example.org")).doesNotContain("a month");
  }

  private String shownWith(String endpoint) {
    return CommandRun.in(repository)
        .home(folder.resolve("home"))
        .with("AWS_REGION", "ap-southeast-1")
        .with("AWS_ENDPOINT_URL_S3", endpoint)
        .run("show", "b12")
        .out();
  }

  @Test
  void a_split_that_does_not_add_up_is_refused() {
    assertThat(vat("estimate", "--total", "400GB", "--split", "100,100,100"))
        .satisfies(
            run -> {
              assertThat(run.exit()).isEqualTo(2);
              assertThat(run.err()).contains("do not add up");
            });
    assertThat(vat("estimate", "--split", "1,2,3").exit()).isEqualTo(2);
    assertThat(vat("estimate", "--total", "lots").exit()).isEqualTo(2);
    assertThat(vat("estimate", "--total", "3GB", "--split", "1,x,2").exit()).isEqualTo(2);
    assertThat(vat("estimate", "--total", "3GB", "--months", "3").exit()).isEqualTo(2);
  }

  @Test
  void own_projects_are_split_by_their_age_and_told_as_they_are() throws IOException {
    manifest();

    CommandRun run = inRepository("estimate");

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("(300GB total)", "SSD (6mo):        100 GB", "S3 Standard:      100 GB - $2.30")
        .contains("Glacier (1yr+):   100 GB - $0.10/mo", "Today", "Not in S3:        200 GB");
  }

  @Test
  void the_coming_months_are_told_one_by_one() throws IOException {
    manifest();

    CommandRun run = inRepository("estimate", "--months", "24");

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out().lines().filter(line -> line.matches("  20\\d\\d-\\d\\d .*"))).hasSize(24);
    assertThat(run.out()).contains("All months together: $");
    assertThat(
            run.out()
                .lines()
                .filter(line -> line.matches("  20\\d\\d-\\d\\d .*"))
                .toList()
                .getLast())
        .as("everything is frozen in the end")
        .contains("0 GB", "300 GB", "$0.30");
  }

  @Test
  void without_a_manifest_it_is_said_where_to_begin() {
    CommandRun run = inRepository("estimate");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).contains("vat manifest", "--total");
  }

  @Test
  void what_sharing_takes_depends_on_downloads_and_on_the_accounts_age() {
    assertThat(vat("estimate", "--collab").out())
        .contains("light", "medium", "heavy", "$18.00", "no one price per GB", "$0.09");
    assertThat(vat("estimate", "--collab", "--account-since", "2020-01-01").out())
        .contains("first 12 months are over");
    assertThat(vat("estimate", "--collab", "--account-since", "2025-08-01").out())
        .contains("credits");
  }

  @Test
  void own_prices_win_and_a_broken_file_of_them_is_named() throws IOException {
    Path own = Files.createDirectories(folder.resolve("home/.config/vat")).resolve("prices.json");
    Files.writeString(
        own,
        """
        {"schema": "vat.prices/1", "regions": {"us-east-1": {
          "storage_gb_month": {"STANDARD": [{"usd": "0.1", "as_of": "2026-11"}]}}}}
        """);
    assertThat(vat("estimate", "--total", "400GB").out()).contains("Monthly: $40.00");
    Files.writeString(
        own,
        "{\"schema\": \"vat.prices/1\", \"regions\": {\"us-east-1\": {"
            + "\"storage_gb_month\": {\"STANDARD\": [{\"usd\": \"-1\"}]}}}}");
    CommandRun broken = vat("estimate", "--total", "400GB");
    assertThat(broken.exit()).isEqualTo(2);
    assertThat(broken.err()).contains("prices.json cannot be used", "storage_gb_month of STANDARD");
  }

  @Test
  void prices_of_aws_itself_are_fetched_kept_and_used() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/offers/v1.0/aws/AmazonS3/current/eu-west-1/index.json",
        exchange -> {
          byte[] list = AwsPriceLists.S3.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, list.length);
          exchange.getResponseBody().write(list);
          exchange.close();
        });
    for (String other :
        new String[] {"AmazonS3GlacierDeepArchive", "AmazonGlacier", "AWSDataTransfer"}) {
      server.createContext(
          "/offers/v1.0/aws/" + other + "/current/eu-west-1/index.json",
          exchange -> {
            byte[] list = AwsPriceLists.EMPTY.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, list.length);
            exchange.getResponseBody().write(list);
            exchange.close();
          });
    }
    server.start();
    try {
      String mirror = "http://127.0.0.1:" + server.getAddress().getPort();
      CommandRun run =
          vat(
              "estimate",
              "--total",
              "400GB",
              "--region",
              "eu-west-1",
              "--update-prices",
              "--price-lists",
              mirror);
      assertThat(run.exit()).as(run.err()).isZero();
      assertThat(run.out()).contains("Monthly: $12.00"); // 0.03, as the list says
      assertThat(folder.resolve("home/.config/vat/prices-aws.json")).exists();
      assertThat(vat("estimate", "--total", "400GB", "--region", "eu-west-1").out())
          .contains("Monthly: $12.00");
      CommandRun nowhere =
          vat(
              "estimate",
              "--total",
              "400GB",
              "--region",
              "eu-west-9",
              "--update-prices",
              "--price-lists",
              mirror);
      assertThat(nowhere.exit()).isEqualTo(1);
      assertThat(nowhere.err()).contains("no price list of AmazonS3 for eu-west-9");
    } finally {
      server.stop(0);
    }
  }

  /// Three projects of 100 GB each: one young and two old ones, one of which is in S3 since long.
  private void manifest() throws IOException {
    String hundred = Long.toString(100L << 30);
    Files.writeString(
        repository.resolve("projects.json"),
        """
        {"config": {"last_updated": "%1$s"}, "projects": [
          {"id": "b10-old", "storage": {"s3": {"exists": true, "key": "x/b10-old.tar.gz",
            "tier": "STANDARD", "size_bytes": %2$s, "uploaded_at": "%3$s"}}},
          {"id": "b40-older", "storage": {"ssd": {"exists": true, "path": "b00-b49/b40-older",
            "size_bytes": %2$s, "file_count": 3, "last_modified_at": "%4$s"}}},
          {"id": "b60-young", "storage": {"ssd": {"exists": true, "path": "b50-b99/b60-young",
            "size_bytes": %2$s, "file_count": 3, "last_modified_at": "%5$s"}}}]}
        """
            .formatted(
                clock.instant(),
                hundred,
                clock.instant().minusSeconds(200 * 86_400L),
                clock.instant().minusSeconds(200 * 86_400L),
                clock.instant().minusSeconds(10 * 86_400L)));
  }

  private CommandRun vat(String... words) {
    return CommandRun.in(folder).home(folder.resolve("home")).at(clock).run(words);
  }

  private CommandRun inRepository(String... words) {
    return CommandRun.in(repository).home(folder.resolve("home")).at(clock).run(words);
  }
}
