package dev.vat.cloud;

import static dev.vat.cloud.Guard.absent;
import static dev.vat.cloud.SampleBodies.random;
import static dev.vat.cloud.SampleBodies.text;
import static dev.vat.cloud.StoreUnderTest.stored;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// What every server behind the port has to do beyond the port's own rules: what a person has to
/// mend is said, and big copies go in parts.
abstract class ServerContract extends ObjectStoreContract {
  /// The server under test.
  protected abstract URI endpoint();

  /// A bucket that exists.
  protected abstract String bucket();

  /// Good credentials have this secret.
  protected abstract String secret();

  /// Opens a store with the good access key id.
  protected abstract ObjectStore open(URI endpoint, String bucket, String secret);

  /// Opens a store whose copies go in parts of 5 MiB.
  protected abstract ObjectStore openCopyingInParts();

  @Override
  public final ObjectStore open() {
    return open(endpoint(), bucket(), secret());
  }

  @Test
  void a_copy_in_parts_is_as_good_and_leaves_no_upload_behind() throws Exception {
    ObjectAttributes attributes =
        new ObjectAttributes("video/quicktime", Map.of("uploaded-by", "Jän"));
    byte[] content = random(2 * PART + 1, 8);
    ETag version = stored(store().put(prefix() + "s", Body.of(content), attributes, absent()));

    try (ObjectStore inParts = openCopyingInParts()) {
      ETag copied = stored(inParts.copy(prefix() + "s", version, prefix() + "t", absent()));
      ObjectFacts target = store().head(prefix() + "t").orElseThrow();
      assertThat(target.summary().etag()).isEqualTo(copied);
      assertThat(copied.looksLikeMd5()).isFalse();
      assertThat(target.metadata()).isEqualTo(attributes.metadata());
      assertThat(target.contentType()).contains("video/quicktime");
      assertThat(contentOf(target)).isEqualTo(content);
      assertThat(inParts.copy(prefix() + "s", version, prefix() + "t", absent()))
          .isEqualTo(new Written.Refused());
    }
    List<OpenUpload> open = new ArrayList<>();
    store().listUploads(prefix(), open::add);
    assertThat(open).isEmpty();
  }

  @Test
  void a_storage_class_is_changed_in_parts_with_everything_kept_and_the_uploads_told()
      throws Exception {
    ObjectAttributes rich =
        new ObjectAttributes(
            "application/gzip",
            Map.of("repo", "v-ö"),
            StorageClass.STANDARD,
            Map.of("vat-freeze", "auto"));
    byte[] content = random(2 * PART + 1, 10);
    ETag version = stored(store().put(prefix() + "s", Body.of(content), rich, absent()));
    ObjectFacts before = store().head(prefix() + "s").orElseThrow();
    List<String> told = new ArrayList<>();

    try (ObjectStore inParts = openCopyingInParts()) {
      ETag now =
          stored(
              inParts.copy(
                  prefix() + "s",
                  version,
                  prefix() + "s",
                  CopyAttributes.in(StorageClass.GLACIER_IR),
                  Guard.unchanged(version),
                  noting(told)));
      ObjectFacts after = store().head(prefix() + "s").orElseThrow();
      assertThat(after.metadata()).isEqualTo(rich.metadata());
      assertThat(after.contentType()).contains("application/gzip");
      assertThat(contentOf(after)).isEqualTo(content);
      if (hasGlacier()) {
        assertThat(after.crc32()).isEqualTo(before.crc32());
        assertThat(after.summary().storageClass()).isEqualTo(StorageClass.GLACIER_IR);
      }
      if (keepsTags()) {
        assertThat(store().tags(prefix() + "s", now)).isEqualTo(rich.tags());
      }
      assertThat(told)
          .containsExactly("began", String.valueOf(PART), String.valueOf(PART), "1", "ended");
      assertThatThrownBy(
              () ->
                  inParts.copy(
                      prefix() + "s",
                      version,
                      prefix() + "s",
                      CopyAttributes.in(StorageClass.STANDARD),
                      Guard.unchanged(version),
                      noting(told)))
          .isInstanceOf(StoreException.Changed.class);
    }
    List<OpenUpload> open = new ArrayList<>();
    store().listUploads(prefix(), open::add);
    assertThat(open).isEmpty();
  }

  private static CopyWatch noting(List<String> told) {
    return new CopyWatch() {
      @Override
      public void began(String key, String uploadId) {
        told.add("began");
      }

      @Override
      public void copied(long bytes) {
        told.add(String.valueOf(bytes));
      }

      @Override
      public void ended(String key, String uploadId) {
        told.add("ended");
      }
    };
  }

  @Test
  void a_link_is_read_by_anybody_whole_and_by_range_as_what_it_was_said_to_be() throws Exception {
    byte[] content = random(300_000, 9);
    String key = prefix() + "b63-flivideo/caf\u00e9 #1 + \u00e4 100%.mov";
    ObjectAttributes unknown = new ObjectAttributes("application/octet-stream", Map.of());
    stored(store().put(key, Body.of(content), unknown, absent()));
    ReadLink link = store().readLink(key, PLAYED, ReadLink.LONGEST);

    HttpResponse<byte[]> whole = got(link.address());
    HttpResponse<byte[]> range = got(link.address(), "Range", "bytes=1000-1999");

    assertThat(whole.statusCode()).isEqualTo(200);
    assertThat(whole.body()).isEqualTo(content);
    assertThat(whole.headers().firstValue("Content-Type")).contains("video/mp4");
    assertThat(whole.headers().firstValue("Content-Disposition"))
        .hasValueSatisfying(how -> assertThat(how).startsWith("inline;").contains("draft.mp4"));
    assertThat(range.statusCode()).isEqualTo(206);
    assertThat(range.body()).isEqualTo(Arrays.copyOfRange(content, 1000, 2000));
    assertThat(range.headers().firstValue("Content-Range")).contains("bytes 1000-1999/300000");
    assertThat(range.headers().firstValue("Content-Type")).contains("video/mp4");
  }

  @Test
  void a_link_can_save_under_any_name() throws Exception {
    stored(store().put(prefix() + "k", text("x"), PLAIN, absent()));
    String name = "caf\u00e9 \"1\"; x=\r\ny \ud83c\udfac.txt";
    ReadLink link =
        store()
            .readLink(
                prefix() + "k",
                new ReadLink.Shown(name, "text/plain; charset=utf-8", ReadLink.Opening.AS_DOWNLOAD),
                Duration.ofHours(1));

    HttpResponse<byte[]> answer = got(link.address());

    assertThat(answer.statusCode()).isEqualTo(200);
    // S3Proxy leaves the blank out.
    assertThat(answer.headers().firstValue("Content-Type").map(type -> type.replace(" ", "")))
        .contains("text/plain;charset=utf-8");
    assertThat(answer.headers().firstValue("Content-Disposition"))
        .contains(
            "attachment; filename=\"caf_ _1__ x___y _.txt\";"
                + " filename*=UTF-8''caf%C3%A9%20%221%22%3B%20x%3D%0D%0Ay%20%F0%9F%8E%AC.txt");
  }

  @Test
  void a_link_that_was_changed_anywhere_is_refused() throws Exception {
    stored(store().put(prefix() + "k", text("one"), PLAIN, absent()));
    stored(store().put(prefix() + "l", text("another"), PLAIN, absent()));
    String link =
        store().readLink(prefix() + "k", PLAYED, Duration.ofHours(1)).address().toString();
    assertThat(got(URI.create(link)).statusCode()).isEqualTo(200);

    for (String changed :
        List.of(
            link.replace(prefix() + "k?", prefix() + "l?"),
            link.replace("X-Amz-Expires=3600", "X-Amz-Expires=604800"),
            link.replace("response-content-type=video%2Fmp4", "response-content-type=text%2Fhtml"),
            link.replaceFirst("X-Amz-Signature=....", "X-Amz-Signature=0000"),
            link.replaceFirst("&X-Amz-Signature=[0-9a-f]+", ""))) {
      assertThat(changed).isNotEqualTo(link);
      assertThat(got(URI.create(changed)).statusCode()).as(changed).isBetween(400, 403);
    }
  }

  @Test
  void a_link_shows_whatever_is_under_the_key_now() throws Exception {
    ETag first = stored(store().put(prefix() + "k", text("one"), PLAIN, absent()));
    ReadLink link = store().readLink(prefix() + "k", PLAYED, Duration.ofHours(1));
    ETag second = stored(store().put(prefix() + "k", text("two"), PLAIN, Guard.unchanged(first)));
    assertThat(got(link.address()).body()).asString().isEqualTo("two");

    assertThat(store().remove(prefix() + "k", second)).isEqualTo(Removed.GONE);
    assertThat(got(link.address()).statusCode()).isEqualTo(404);
  }

  /// As anybody does who was sent the link.
  static HttpResponse<byte[]> got(URI link, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(link);
    if (headers.length > 0) {
      request.headers(headers);
    }
    try (HttpClient anybody = HttpClient.newHttpClient()) {
      return anybody.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }
  }

  @Test
  void an_unknown_bucket_is_named_by_every_kind_of_call() {
    String missing = "no-such-bucket-" + UUID.randomUUID();
    for (Call call : calls()) {
      try (ObjectStore other = open(endpoint(), missing, secret())) {
        assertThatThrownBy(() -> call.on(other))
            .isInstanceOf(StoreException.NoSuchBucket.class)
            .hasMessageContaining(missing);
      }
    }
  }

  @Test
  void a_wrong_secret_is_bad_credentials_in_every_kind_of_call_and_never_shown() {
    for (Call call : calls()) {
      try (ObjectStore other = open(endpoint(), bucket(), "a-wrong-secret")) {
        assertThatThrownBy(() -> call.on(other))
            .isInstanceOf(StoreException.BadCredentials.class)
            .hasMessageNotContainingAny("a-wrong-secret", "X-Amz-Signature", "X-Amz-Credential");
      }
    }
  }

  @Test
  void a_server_that_is_not_there_is_unreachable() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    URI nobody = URI.create("http://127.0.0.1:" + port);
    for (Call call : calls()) {
      try (ObjectStore other = open(nobody, bucket(), secret())) {
        assertThatThrownBy(() -> call.on(other))
            .isInstanceOf(StoreException.Unreachable.class)
            .hasMessageContaining(nobody.toString())
            .hasMessageNotContaining("X-Amz-");
      }
    }
  }

  private interface Call {
    void on(ObjectStore store) throws IOException;
  }

  private List<Call> calls() {
    ETag version = new ETag("098f6bcd4621d373cade4e832627b4f6");
    return List.of(
        s -> s.list(prefix(), _ -> {}),
        s -> s.listFolders(prefix(), _ -> {}),
        s -> s.head(prefix() + "k"),
        s -> s.put(prefix() + "k", text("x"), PLAIN, absent()),
        s -> s.read(prefix() + "k", version, 0, 1),
        s -> s.createUpload(prefix() + "k", PLAIN),
        s -> s.remove(prefix() + "k", version));
  }
}
