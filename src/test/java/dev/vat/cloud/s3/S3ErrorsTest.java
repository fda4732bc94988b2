package dev.vat.cloud.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vat.cloud.Body;
import dev.vat.cloud.Guard;
import dev.vat.cloud.ObjectAttributes;
import dev.vat.cloud.ObjectStore;
import dev.vat.cloud.StoreException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What S3's errors become, on the SDK's path (a listing) and on the lean one (a put) alike.
class S3ErrorsTest {
  private interface Call {
    void on(ObjectStore store) throws IOException;
  }

  private static final Call LIST = store -> store.list("staging/", _ -> {});
  private static final Call PUT =
      store ->
          store.put(
              "staging/draft.mp4",
              Body.of("x".getBytes(UTF_8)),
              new ObjectAttributes("video/mp4", Map.of()),
              Guard.absent());
  private static final Call HEAD = store -> store.head("staging/draft.mp4");

  @Test
  void codes_decide_what_a_person_can_do() throws Exception {
    for (Call call : List.of(LIST, PUT)) {
      assertFault(call, 404, "NoSuchBucket", StoreException.NoSuchBucket.class, "team-bucket");
      assertFault(call, 403, "InvalidAccessKeyId", StoreException.BadCredentials.class, "Check");
      assertFault(call, 403, "SignatureDoesNotMatch", StoreException.BadCredentials.class, "Check");
      assertFault(call, 400, "ExpiredToken", StoreException.BadCredentials.class, "expired");
      assertFault(call, 403, "RequestTimeTooSkewed", StoreException.ClockSkewed.class, "clock");
      assertFault(call, 501, "NotImplemented", StoreException.Unsupported.class, "implement");
      assertFault(call, 400, "NotImplemented", StoreException.Unsupported.class, "implement");
      assertFault(call, 400, "MetadataTooLarge", StoreException.Failed.class, "MetadataTooLarge");
      assertFault(call, 503, "SlowDown", StoreException.Unreachable.class, "SlowDown");
    }
    assertFault(LIST, 403, "AccessDenied", StoreException.AccessDenied.class, "s3:ListBucket");
    assertFault(PUT, 403, "AccessDenied", StoreException.AccessDenied.class, "s3:PutObject");
  }

  @Test
  void a_bucket_in_another_region_is_named_with_it() throws Exception {
    Map<String, String> region = Map.of("x-amz-bucket-region", "eu-west-1");
    for (Call call : List.of(LIST, PUT, HEAD)) {
      for (var answer :
          List.of(
              ScriptedServer.error(301, "PermanentRedirect", region),
              ScriptedServer.error(400, "AuthorizationHeaderMalformed", region))) {
        assertFault(call, answer, StoreException.NoSuchBucket.class, "AWS_REGION=eu-west-1");
      }
    }
  }

  @Test
  void the_region_inside_an_error_counts_too() throws Exception {
    var answer =
        ScriptedServer.answer(
            400,
            Map.of(),
            "<Error><Code>AuthorizationQueryParametersError</Code><Region>ap-southeast-1</Region>"
                + "</Error>");
    assertFault(PUT, answer, StoreException.NoSuchBucket.class, "AWS_REGION=ap-southeast-1");
  }

  @Test
  void a_head_without_words_is_explained_by_a_request_whose_answer_has_some() throws Exception {
    assertFault(HEAD, 403, "InvalidAccessKeyId", StoreException.BadCredentials.class, "Check");
    assertFault(HEAD, 400, "ExpiredToken", StoreException.BadCredentials.class, "expired");
    assertFault(HEAD, 404, "NoSuchBucket", StoreException.NoSuchBucket.class, "team-bucket");
    assertFault(HEAD, 403, "AccessDenied", StoreException.AccessDenied.class, "s3:GetObject");
  }

  @Test
  void a_look_at_the_bucket_itself_is_explained_in_the_same_way() throws Exception {
    Map<String, String> region = Map.of("x-amz-bucket-region", "eu-west-1");
    assertBucketFault(
        ScriptedServer.error(301, "PermanentRedirect", region),
        StoreException.NoSuchBucket.class,
        "AWS_REGION=eu-west-1");
    assertBucketFault(
        ScriptedServer.error(400, "AuthorizationHeaderMalformed", region),
        StoreException.NoSuchBucket.class,
        "AWS_REGION=eu-west-1");
    assertBucketFault(
        ScriptedServer.error(403, "InvalidAccessKeyId"),
        StoreException.BadCredentials.class,
        "Check");
    assertBucketFault(
        ScriptedServer.error(403, "AccessDenied"),
        StoreException.AccessDenied.class,
        "s3:ListBucket");
  }

  private static void assertBucketFault(
      ScriptedServer.Behaviour answer, Class<? extends StoreException> type, String words)
      throws Exception {
    try (var server = ScriptedServer.of(answer);
        ObjectStore store = open(server, "team-bucket")) {
      assertThatThrownBy(() -> store.settings().region())
          .isInstanceOf(type)
          .hasMessageContaining(words)
          .hasMessageContaining("s3://team-bucket/");
    }
  }

  @Test
  void a_presigned_request_that_came_too_late_is_the_clocks_fault() throws Exception {
    String anHourAgo =
        DateTimeFormatter.RFC_1123_DATE_TIME.format(
            Instant.now().minusSeconds(3600).atOffset(ZoneOffset.UTC));
    assertFault(
        PUT,
        ScriptedServer.error(403, "AccessDenied", Map.of("Date", anHourAgo)),
        StoreException.ClockSkewed.class,
        "clock");
  }

  @Test
  void a_proxys_page_is_no_riddle() throws Exception {
    var page = ScriptedServer.answer(403, Map.of(), "<html><body>Forbidden<br></body></html>");
    assertFault(PUT, page, StoreException.AccessDenied.class, "HTTP 403");
    assertFault(LIST, page, StoreException.AccessDenied.class, "HTTP 403");
  }

  @Test
  void credentials_that_are_nowhere_are_asked_for_before_anything_is_sent() throws Exception {
    try (var server = ScriptedServer.of(ScriptedServer.ok("e"));
        ObjectStore store =
            new S3ObjectStore(
                new S3Connection(
                    Optional.of(server.endpoint()),
                    Optional.of("us-east-1"),
                    Optional.empty(),
                    Optional.of("no-such-profile-anywhere")),
                "team-bucket",
                ImpatientStore.tuning(new ArrayList<>()))) {
      for (Call call : List.of(LIST, PUT, HEAD)) {
        assertThatThrownBy(() -> call.on(store))
            .isInstanceOf(StoreException.BadCredentials.class)
            .hasMessageContaining("AWS_PROFILE");
      }
      assertThat(server.requests()).isEmpty();
    }
  }

  @Test
  void a_bucket_name_that_cannot_exist_is_explained() throws Exception {
    try (var server = ScriptedServer.of(ScriptedServer.ok("e"));
        ObjectStore store = open(server, "arn:no-bucket")) {
      assertThatThrownBy(() -> LIST.on(store))
          .isInstanceOf(StoreException.Failed.class)
          .hasMessageContaining("Check the bucket's name");
      assertThat(server.requests()).isEmpty();
    }
  }

  @Test
  void an_endpoint_that_is_no_server_is_refused_without_repeating_its_password() {
    assertThatThrownBy(
            () ->
                new S3Connection(
                    Optional.of(URI.create("https://me:hush@example.com")),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("hush");
  }

  @Test
  void keys_are_masked_when_printed() {
    S3Keys keys = new S3Keys("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI", Optional.of("token"));
    S3Connection connection =
        new S3Connection(
            Optional.empty(), Optional.of("eu-west-1"), Optional.of(keys), Optional.empty());

    assertThat(connection.toString())
        .contains("...MPLE")
        .doesNotContain("wJalrXUtnFEMI", "token", "AKIAIOSFODNN7EXAMPLE");
  }

  private static void assertFault(
      Call call, int status, String code, Class<? extends StoreException> type, String words)
      throws Exception {
    assertFault(call, ScriptedServer.error(status, code), type, words);
  }

  private static void assertFault(
      Call call,
      ScriptedServer.Behaviour answer,
      Class<? extends StoreException> type,
      String words)
      throws Exception {
    try (var server = ScriptedServer.of(answer);
        ObjectStore store = open(server, "team-bucket")) {
      assertThatThrownBy(() -> call.on(store))
          .isInstanceOf(type)
          .hasMessageContaining(words)
          .hasMessageContaining("s3://team-bucket/staging/")
          .satisfies(S3ErrorsTest::assertNoSecretInTheWholeTrace);
    }
  }

  /// What a debugging option would print.
  private static void assertNoSecretInTheWholeTrace(Throwable thrown) {
    StringWriter trace = new StringWriter();
    thrown.printStackTrace(new PrintWriter(trace));
    assertThat(trace.toString()).doesNotContain("a-secret", "X-Amz-", "AKIDEXAMPLE");
  }

  private static ObjectStore open(ScriptedServer server, String bucket) {
    return new S3ObjectStore(
        new S3Connection(
            Optional.of(server.endpoint()),
            Optional.of("us-east-1"),
            Optional.of(new S3Keys("AKIDEXAMPLE", "a-secret", Optional.empty())),
            Optional.empty()),
        bucket,
        ImpatientStore.tuning(new ArrayList<>()));
  }
}
