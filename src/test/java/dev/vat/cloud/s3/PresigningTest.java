package dev.vat.cloud.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vat.cloud.Body;
import dev.vat.cloud.ETag;
import dev.vat.cloud.Guard;
import dev.vat.cloud.ObjectAttributes;
import dev.vat.cloud.ObjectStore;
import dev.vat.cloud.S3ProxyServer;
import java.net.URLDecoder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What protects a body whose payload is not signed: every header that matters is part of the
/// signature, and the server compares the sum in it with what arrives.
class PresigningTest {
  private static final String BUCKET = "presigning";
  private static final Body BODY = Body.of("the body".getBytes(UTF_8));

  private static S3ProxyServer server;

  @BeforeAll
  static void startServer(@TempDir Path folder) throws Exception {
    server = S3ProxyServer.start(folder);
    server.createBucket(BUCKET);
  }

  @AfterAll
  static void stopServer() throws Exception {
    server.close();
  }

  @Test
  void every_header_that_matters_is_signed() throws Exception {
    try (Presigning presigning = presigning()) {
      Presigned put =
          presigning.put(
              "k",
              BODY,
              new ObjectAttributes("video/mp4", Map.of("uploaded-by", "jan")),
              null,
              Optional.of(Guard.absent()),
              Sums.Kind.CRC32);
      assertThat(signedHeaders(put))
          .contains(
              "host",
              "x-amz-checksum-crc32",
              "if-none-match",
              "content-type",
              "x-amz-meta-uploaded-by");
      assertThat(put.headers().get("x-amz-checksum-crc32"))
          .containsExactly(Crc.header(BODY.crc32()));

      ETag version = new ETag("098f6bcd4621d373cade4e832627b4f6");
      Presigned replace =
          presigning.put(
              "k",
              BODY,
              new ObjectAttributes("video/mp4", Map.of()),
              null,
              Optional.of(Guard.unchanged(version)),
              Sums.Kind.CRC32);
      assertThat(signedHeaders(replace)).contains("if-match");
      assertThat(signedHeaders(presigning.uploadPart("k", "id", 1, BODY, Sums.Kind.CRC32)))
          .contains("x-amz-checksum-crc32");
      assertThat(signedHeaders(presigning.get("k", version, 0, 4))).contains("range", "if-match");
    }
  }

  @ParameterizedTest
  @EnumSource
  void the_server_refuses_bytes_that_are_not_the_signed_sum(Sums.Kind sum) throws Exception {
    Body sameLength = Body.of("the b0dy".getBytes(UTF_8));
    try (Presigning presigning = presigning();
        ObjectStore store = ImpatientStore.open(connection(), BUCKET)) {
      Presigned put =
          presigning.put(
              "damaged",
              BODY,
              new ObjectAttributes("video/mp4", Map.of()),
              null,
              Optional.of(Guard.absent()),
              sum);

      assertThat(refusal(put, sameLength).code()).isEqualTo("BadDigest");
      assertThat(store.head("damaged")).isEmpty();

      String id = store.createUpload("damaged", new ObjectAttributes("video/mp4", Map.of()));
      Presigned part = presigning.uploadPart("damaged", id, 1, BODY, sum);
      assertThat(refusal(part, sameLength).code()).isEqualTo("BadDigest");
      store.abortUpload("damaged", id);
    }
  }

  @Test
  void another_sum_than_the_signed_one_is_refused_too() throws Exception {
    try (Presigning presigning = presigning()) {
      Presigned put =
          presigning.put(
              "k",
              BODY,
              new ObjectAttributes("video/mp4", Map.of()),
              null,
              Optional.of(Guard.absent()),
              Sums.Kind.CRC32);
      Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      headers.putAll(put.headers());
      Body other = Body.of("another".getBytes(UTF_8));
      headers.put("x-amz-checksum-crc32", List.of(Crc.header(other.crc32())));
      Presigned forged = new Presigned(put.method(), put.url(), headers, put.signed());

      assertThat(refusal(forged, other).status()).isEqualTo(403);
    }
  }

  @Test
  void a_signed_request_does_not_print_its_signature() throws Exception {
    try (Presigning presigning = presigning()) {
      assertThat(presigning.get("k", new ETag("e"), 0, 1).toString())
          .doesNotContain("X-Amz-")
          .contains("/k");
    }
  }

  @Test
  void connections_are_kept_for_the_next_body() throws Exception {
    var keep = ScriptedServer.answerAndKeep(200, Map.of("ETag", "\"e\""), "");
    try (var scripted = ScriptedServer.of(keep);
        ObjectStore store =
            ImpatientStore.open(
                new S3Connection(
                    Optional.of(scripted.endpoint()),
                    Optional.of("us-east-1"),
                    connection().keys(),
                    Optional.empty()),
                BUCKET)) {
      for (int number = 1; number <= 20; number++) {
        store.uploadPart("k", "id", number, BODY);
      }
      assertThat(scripted.requests()).hasSize(20);
      assertThat(scripted.connections()).isEqualTo(1);
    }
  }

  private static Fault.Answered refusal(Presigned request, Body body) {
    LeanTransport transport = new LeanTransport(ImpatientStore.tuning(new ArrayList<>()));
    List<Fault> faults = new ArrayList<>();
    assertThatThrownBy(() -> transport.sending(body).send(request))
        .isInstanceOfSatisfying(FaultException.class, e -> faults.add(e.fault()));
    return (Fault.Answered) faults.getFirst();
  }

  private static List<String> signedHeaders(Presigned request) {
    for (String parameter : request.url().getQuery().split("&")) {
      if (parameter.startsWith("X-Amz-SignedHeaders=")) {
        String names = URLDecoder.decode(parameter.substring(parameter.indexOf('=') + 1), UTF_8);
        return List.of(names.split(";"));
      }
    }
    return List.of();
  }

  private static Presigning presigning() {
    return new Presigning(
        S3Access.to(connection(), ImpatientStore.tuning(new ArrayList<>())), BUCKET);
  }

  private static S3Connection connection() {
    return new S3Connection(
        Optional.of(server.endpoint()),
        Optional.of("us-east-1"),
        Optional.of(
            new S3Keys(S3ProxyServer.ACCESS_KEY_ID, S3ProxyServer.SECRET, Optional.empty())),
        Optional.empty());
  }
}
