package dev.vat.cloud.s3;

import static dev.vat.cloud.s3.ScriptedServer.answer;
import static dev.vat.cloud.s3.ScriptedServer.answerAndKeep;
import static dev.vat.cloud.s3.ScriptedServer.error;
import static dev.vat.cloud.s3.ScriptedServer.head;
import static dev.vat.cloud.s3.ScriptedServer.ok;
import static dev.vat.cloud.s3.ScriptedServer.takeAndCut;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vat.cloud.Body;
import dev.vat.cloud.ETag;
import dev.vat.cloud.Guard;
import dev.vat.cloud.LineWatch;
import dev.vat.cloud.ObjectAttributes;
import dev.vat.cloud.ObjectStore;
import dev.vat.cloud.StoreException;
import dev.vat.cloud.UploadedPart;
import dev.vat.cloud.Written;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/// What flaky lines and failing servers do to us.
class NetworkFaultsTest {
  private static final String MD5_OF_TEST = "098f6bcd4621d373cade4e832627b4f6";
  private static final String OTHER_MD5 = "5a105e8b9d40e1329780d62ea2265d8a";
  private static final ObjectAttributes BY_JAN =
      new ObjectAttributes("video/mp4", Map.of("uploaded-by", "jan"));
  private static final Written STORED = new Written.Stored(new ETag(MD5_OF_TEST));

  private final List<Duration> pauses = new ArrayList<>();

  // ---- sending

  @Test
  void a_failing_server_is_asked_again() throws Exception {
    try (var server = ScriptedServer.of(error(500, "InternalError"), ok(MD5_OF_TEST));
        ObjectStore store = open(server)) {
      assertThat(put(store)).isEqualTo(STORED);
      assertThat(server.requests()).hasSize(2);
      assertThat(pauses).hasSize(1);
    }
  }

  @Test
  void a_server_that_stays_overloaded_is_given_up_after_six_attempts_and_half_a_minute()
      throws Exception {
    try (var server = ScriptedServer.of(error(503, "SlowDown"));
        ObjectStore store = open(server)) {
      assertThatThrownBy(() -> store.uploadPart("k", "id", 1, test()))
          .isInstanceOf(StoreException.Unreachable.class)
          .hasMessageContaining("SlowDown");
      assertThat(server.requests()).hasSize(6);
      assertThat(pauses).hasSize(5).isSorted();
      assertThat(pauses.stream().reduce(Duration.ZERO, Duration::plus))
          .isBetween(Duration.ofSeconds(10), Duration.ofSeconds(31));
    }
  }

  @Test
  void a_connection_that_breaks_in_the_middle_of_a_body_is_made_again() throws Exception {
    byte[] big = new byte[8 * 1024 * 1024];
    List<Integer> arrived = new ArrayList<>();
    ScriptedServer.Behaviour breakEarly =
        exchange -> {
          exchange.read(100_000);
          exchange.reset();
        };
    ScriptedServer.Behaviour take =
        exchange -> {
          arrived.add(exchange.body().length);
          exchange.send(head(200, Map.of("ETag", '"' + MD5_OF_TEST + '"'), 0, false));
          exchange.end();
        };
    try (var server = ScriptedServer.of(breakEarly, take);
        ObjectStore store = open(server)) {
      assertThat(store.uploadPart("k", "id", 1, Body.of(big)).etag().value())
          .isEqualTo(MD5_OF_TEST);
      assertThat(arrived).containsExactly(big.length);
    }
  }

  @Test
  void a_refusal_that_comes_before_the_body_was_read_is_understood() throws Exception {
    byte[] big = new byte[8 * 1024 * 1024];
    ScriptedServer.Behaviour refuseUnread =
        exchange -> {
          exchange.send(head(412, Map.of(), 0, false));
          exchange.reset();
        };
    try (var server = ScriptedServer.of(refuseUnread, refuseUnread, there(OTHER_MD5));
        ObjectStore store = open(server)) {
      assertThat(store.put("k", Body.of(big), BY_JAN, Guard.unchanged(new ETag(OTHER_MD5))))
          .isEqualTo(new Written.Refused());
      assertThat(server.requests().get(0).header("expect")).isEmpty();
    }
  }

  @Test
  void after_a_broken_body_the_server_is_asked_first_and_its_answer_heard() throws Exception {
    byte[] big = new byte[8 * 1024 * 1024];
    ScriptedServer.Behaviour breakEarly = ScriptedServer.Exchange::reset;
    ScriptedServer.Behaviour refuse =
        exchange -> {
          exchange.send(head(403, Map.of(), 0, false));
          exchange.end();
        };
    try (var server = ScriptedServer.of(breakEarly, refuse);
        ObjectStore store = open(server)) {
      assertThatThrownBy(() -> store.uploadPart("k", "id", 1, Body.of(big)))
          .isInstanceOf(StoreException.AccessDenied.class);
      assertThat(server.requests()).hasSize(2);
      assertThat(server.requests().get(1).header("expect")).contains("100-continue");
    }
  }

  @Test
  void nothing_is_sent_again_behind_our_back() throws Exception {
    try (var server = ScriptedServer.of(takeAndCut());
        ObjectStore store = open(server)) {
      assertThatThrownBy(() -> store.uploadPart("k", "id", 1, test()))
          .isInstanceOf(StoreException.Unreachable.class);
      assertThat(server.requests()).hasSize(6);
    }
  }

  @Test
  void a_kept_connection_that_the_server_has_closed_costs_one_more_attempt() throws Exception {
    ScriptedServer.Behaviour keep = answerAndKeep(200, Map.of("ETag", '"' + MD5_OF_TEST + '"'), "");
    try (var server = ScriptedServer.of(keep, takeAndCut(), ok(MD5_OF_TEST));
        ObjectStore store = open(server)) {
      store.uploadPart("k", "id", 1, test());
      store.uploadPart("k", "id", 2, test());
      assertThat(server.requests()).hasSize(3);
    }
  }

  @Test
  void damage_on_the_way_is_sent_again() throws Exception {
    try (var server = ScriptedServer.of(error(400, "BadDigest"), ok(MD5_OF_TEST));
        ObjectStore store = open(server)) {
      assertThat(put(store)).isEqualTo(STORED);
    }
  }

  @Test
  void a_file_that_cannot_be_read_is_not_the_networks_fault() throws Exception {
    Body unreadable =
        new Body() {
          @Override
          public long sizeBytes() {
            return 4;
          }

          @Override
          public int crc32() {
            return 0;
          }

          @Override
          public void writeTo(OutputStream out) throws IOException {
            throw new IOException("the disk is broken");
          }
        };
    try (var server = ScriptedServer.of(ok(MD5_OF_TEST));
        ObjectStore store = open(server)) {
      assertThatThrownBy(() -> store.put("k", unreadable, BY_JAN, Guard.absent()))
          .isExactlyInstanceOf(IOException.class)
          .hasMessage("the disk is broken");
      assertThat(pauses).isEmpty();
    }
  }

  @Test
  void a_stalled_connection_is_given_up_in_time() throws Exception {
    ScriptedServer.Behaviour stall =
        exchange -> {
          exchange.body();
          exchange.read(1);
        };
    try (var server = ScriptedServer.of(stall);
        ObjectStore store = open(server, Duration.ofMillis(150))) {
      assertThatThrownBy(() -> store.uploadPart("k", "id", 1, test()))
          .isInstanceOf(StoreException.Unreachable.class)
          .hasRootCauseInstanceOf(SocketTimeoutException.class);
      assertThatThrownBy(() -> store.serverTime("p"))
          .isInstanceOf(StoreException.Unreachable.class);
    }
  }

  @Test
  void a_line_that_is_lost_in_the_middle_is_waited_for_and_that_is_told_once() throws Exception {
    List<String> told = new ArrayList<>();
    try (var server = ScriptedServer.of(ok(MD5_OF_TEST));
        ObjectStore store = open(server)) {
      store.watchLine(
          new LineWatch() {
            @Override
            public void lost() {
              told.add("lost");
            }

            @Override
            public void back() {
              told.add("back");
            }
          });
      store.uploadPart("k", "id", 1, test());
      server.close();

      assertThatThrownBy(() -> store.uploadPart("k", "id", 2, test()))
          .isInstanceOf(StoreException.Unreachable.class);

      assertThat(told).containsExactly("lost");
      assertThat(pauses).hasSize(8);
      assertThat(pauses.stream().reduce(Duration.ZERO, Duration::plus))
          .isBetween(Duration.ofSeconds(45), Duration.ofSeconds(120));
    }
  }

  @Test
  void a_lost_line_that_is_back_is_told_once() {
    List<String> told = new ArrayList<>();
    LineState line = new LineState();
    line.watchedBy(
        new LineWatch() {
          @Override
          public void lost() {
            told.add("lost");
          }

          @Override
          public void back() {
            told.add("back");
          }
        });
    line.lost();
    assertThat(told).as("never heard, so nothing was lost").isEmpty();
    line.heard();
    line.lost();
    line.lost();
    line.heard();
    line.heard();
    assertThat(told).containsExactly("lost", "back");
  }

  @Test
  void an_interrupted_wait_ends_at_once() throws Exception {
    Tuning tuning = ImpatientStore.tuning(pauses);
    Pauses interrupted =
        _ -> {
          throw new InterruptedException();
        };
    try (var server = ScriptedServer.of(error(503, "SlowDown"));
        ObjectStore store =
            new S3ObjectStore(
                connection(server),
                "bucket",
                new Tuning(
                    tuning.connectTimeout(),
                    tuning.readTimeout(),
                    tuning.copyAtOnceBytes(),
                    tuning.copyPartBytes(),
                    interrupted,
                    tuning.random()))) {
      assertThatThrownBy(() -> put(store)).isInstanceOf(StoreException.Failed.class);
      assertThat(Thread.interrupted()).isTrue();
      assertThat(server.requests()).hasSize(1);
    }
  }

  // ---- lost answers

  @Test
  void a_lost_answer_to_our_own_creation_is_recognised() throws Exception {
    try (var server =
            ScriptedServer.of(takeAndCut(), error(412, "PreconditionFailed"), there(MD5_OF_TEST));
        ObjectStore store = open(server)) {
      assertThat(put(store)).isEqualTo(STORED);
    }
  }

  @Test
  void a_lost_answer_does_not_make_somebody_elses_object_ours() throws Exception {
    try (var server =
            ScriptedServer.of(takeAndCut(), error(412, "PreconditionFailed"), there(OTHER_MD5));
        ObjectStore store = open(server)) {
      assertThat(put(store)).isEqualTo(new Written.Refused());
    }
  }

  @Test
  void the_same_content_of_somebody_else_is_not_ours() throws Exception {
    ScriptedServer.Behaviour byDavid =
        answer(
            200,
            Map.of(
                "ETag",
                '"' + MD5_OF_TEST + '"',
                "x-amz-meta-uploaded-by",
                "david",
                "Last-Modified",
                "Sun, 22 Nov 2026 20:00:00 GMT"),
            "test");
    try (var server = ScriptedServer.of(takeAndCut(), error(412, "PreconditionFailed"), byDavid);
        ObjectStore store = open(server)) {
      assertThat(put(store)).isEqualTo(new Written.Refused());
    }
  }

  @Test
  void a_refusal_of_the_first_attempt_is_a_refusal_whatever_is_there() throws Exception {
    try (var server = ScriptedServer.of(error(412, "PreconditionFailed"), there(MD5_OF_TEST));
        ObjectStore store = open(server)) {
      assertThat(put(store)).isEqualTo(new Written.Refused());
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void a_race_that_the_server_could_not_decide_is_run_again() throws Exception {
    try (var server =
            ScriptedServer.of(
                error(409, "ConditionalRequestConflict"), error(412, "PreconditionFailed"));
        ObjectStore store = open(server)) {
      assertThat(put(store)).isEqualTo(new Written.Refused());
      assertThat(server.requests()).hasSize(2);
    }
  }

  @Test
  void a_lost_answer_to_our_own_completion_is_recognised() throws Exception {
    UploadedPart part = new UploadedPart(1, 4, new ETag(MD5_OF_TEST), OptionalInt.empty());
    String whole = PartsEtag.of(List.of(part)).orElseThrow().value();
    for (var second : List.of(error(404, "NoSuchUpload"), error(412, "PreconditionFailed"))) {
      try (var server = ScriptedServer.of(takeAndCut(), second, there(whole));
          ObjectStore store = open(server)) {
        assertThat(store.completeUpload("k", "id", List.of(part), 4, 1, Guard.absent()))
            .isEqualTo(new Written.Stored(new ETag(whole)));
      }
    }
  }

  @Test
  void a_completion_that_fails_inside_a_good_status_is_not_good() throws Exception {
    UploadedPart part = new UploadedPart(1, 4, new ETag(MD5_OF_TEST), OptionalInt.empty());
    String done =
        "<CompleteMultipartUploadResult><ETag>\"x-1\"</ETag></CompleteMultipartUploadResult>";
    try (var server = ScriptedServer.of(error(200, "InternalError"), answer(200, Map.of(), done));
        ObjectStore store = open(server)) {
      assertThat(store.completeUpload("k", "id", List.of(part), 4, 1, Guard.absent()))
          .isEqualTo(new Written.Stored(new ETag("x-1")));
      assertThat(server.requests()).hasSize(2);
    }
  }

  // ---- reading

  @Test
  void a_body_that_ends_early_never_looks_complete() throws Exception {
    ScriptedServer.Behaviour cut =
        exchange -> {
          exchange.send(head(206, range(0, 10), 10, false) + "12345");
          exchange.end();
        };
    try (var server = ScriptedServer.of(cut);
        ObjectStore store = open(server);
        InputStream in = store.read("k", new ETag(MD5_OF_TEST), 0, 10)) {
      assertThat(in.readNBytes(5)).isEqualTo("12345".getBytes(UTF_8));
      assertThatThrownBy(in::read).isInstanceOf(IOException.class);
    }
  }

  @Test
  void a_stream_that_stalls_fails_in_time() throws Exception {
    ScriptedServer.Behaviour stall =
        exchange -> {
          exchange.send(head(206, range(0, 10), 10, false) + "12345");
          exchange.read(1);
        };
    try (var server = ScriptedServer.of(stall);
        ObjectStore store = open(server, Duration.ofMillis(150));
        InputStream in = store.read("k", new ETag(MD5_OF_TEST), 0, 10)) {
      assertThatThrownBy(in::readAllBytes).isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void another_range_than_the_asked_one_is_refused() throws Exception {
    List<ScriptedServer.Behaviour> wrong =
        List.of(
            answer(206, range(1, 10), "0123456789"),
            answer(206, range(0, 9), "012345678"),
            answer(206, Map.of("ETag", '"' + MD5_OF_TEST + '"'), "01234567890"),
            answer(200, Map.of("ETag", '"' + MD5_OF_TEST + '"'), "01234567890123456789"));
    for (var behaviour : wrong) {
      try (var server = ScriptedServer.of(behaviour);
          ObjectStore store = open(server)) {
        assertThatThrownBy(() -> store.read("k", new ETag(MD5_OF_TEST), 0, 10))
            .isInstanceOf(StoreException.Failed.class);
      }
    }
  }

  @Test
  void a_server_that_ignores_the_version_asked_for_is_caught() throws Exception {
    try (var server = ScriptedServer.of(answer(206, range(0, 10), "0123456789"));
        ObjectStore store = open(server)) {
      assertThatThrownBy(() -> store.read("k", new ETag(OTHER_MD5), 0, 10))
          .isInstanceOf(StoreException.Changed.class);
    }
  }

  @Test
  void a_read_is_asked_again_while_nothing_has_come() throws Exception {
    try (var server =
            ScriptedServer.of(
                error(503, "SlowDown"), takeAndCut(), answer(206, range(0, 10), "0123456789"));
        ObjectStore store = open(server);
        InputStream in = store.read("k", new ETag(MD5_OF_TEST), 0, 10)) {
      assertThat(in.readAllBytes()).hasSize(10);
    }
  }

  // ---- listings

  @Test
  void a_listing_that_fails_in_the_middle_fails() throws Exception {
    try (var server = ScriptedServer.of(page("a", true, "more"), error(403, "AccessDenied"));
        ObjectStore store = open(server)) {
      List<String> told = new ArrayList<>();
      assertThatThrownBy(() -> store.list("", each -> told.add(each.key())))
          .isInstanceOf(StoreException.AccessDenied.class);
      assertThat(told).containsExactly("a");
    }
  }

  @Test
  void a_listing_without_the_way_to_its_rest_or_in_a_circle_fails() throws Exception {
    for (var script :
        List.of(
            new ScriptedServer.Behaviour[] {page("a", true, "")},
            new ScriptedServer.Behaviour[] {page("a", true, "same")})) {
      try (var server = ScriptedServer.of(script);
          ObjectStore store = open(server)) {
        assertThatThrownBy(() -> store.list("", _ -> {})).isInstanceOf(StoreException.Failed.class);
      }
    }
  }

  @Test
  void an_answer_that_is_no_listing_is_not_an_empty_one() throws Exception {
    for (String page : List.of("", "<html><body>Please log in</body></html>")) {
      try (var server = ScriptedServer.of(answer(200, Map.of(), page));
          ObjectStore store = open(server)) {
        assertThatThrownBy(() -> store.list("", _ -> {})).isInstanceOf(StoreException.class);
        assertThatThrownBy(() -> store.listUploads("", _ -> {})).isInstanceOf(StoreException.class);
        assertThatThrownBy(() -> store.listParts("k", "id")).isInstanceOf(StoreException.class);
      }
    }
  }

  // ---- pieces

  private static ScriptedServer.Behaviour page(String key, boolean more, String token) {
    String xml =
        "<ListBucketResult><IsTruncated>"
            + more
            + "</IsTruncated><NextContinuationToken>"
            + token
            + "</NextContinuationToken><Contents><Key>"
            + key
            + "</Key><LastModified>2026-11-22T20:00:00.000Z</LastModified><ETag>\"e\"</ETag>"
            + "<Size>1</Size></Contents></ListBucketResult>";
    return answer(200, Map.of("Content-Type", "application/xml"), xml);
  }

  private static Map<String, String> range(long offset, long length) {
    return Map.of(
        "ETag",
        '"' + MD5_OF_TEST + '"',
        "Content-Range",
        "bytes " + offset + "-" + (offset + length - 1) + "/1000");
  }

  /// The answer to HEAD for four bytes by jan.
  private static ScriptedServer.Behaviour there(String etag) {
    return answer(
        200,
        Map.of(
            "ETag",
            '"' + etag + '"',
            "x-amz-meta-uploaded-by",
            "jan",
            "Last-Modified",
            "Sun, 22 Nov 2026 20:00:00 GMT"),
        "test");
  }

  private static Body test() {
    return Body.of("test".getBytes(UTF_8));
  }

  private static Written put(ObjectStore store) throws IOException {
    return store.put("k", test(), BY_JAN, Guard.absent());
  }

  private ObjectStore open(ScriptedServer server) {
    return new S3ObjectStore(connection(server), "bucket", ImpatientStore.tuning(pauses));
  }

  private ObjectStore open(ScriptedServer server, Duration readTimeout) {
    Tuning tuning = ImpatientStore.tuning(pauses);
    return new S3ObjectStore(
        connection(server),
        "bucket",
        new Tuning(
            tuning.connectTimeout(),
            readTimeout,
            tuning.copyAtOnceBytes(),
            tuning.copyPartBytes(),
            tuning.pauses(),
            tuning.random()));
  }

  private static S3Connection connection(ScriptedServer server) {
    return new S3Connection(
        Optional.of(server.endpoint()),
        Optional.of("us-east-1"),
        Optional.of(new S3Keys("AKIDEXAMPLE", "a-secret", Optional.empty())),
        Optional.empty());
  }
}
