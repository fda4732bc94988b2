package dev.vat.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// What every server behind the port has to do beyond the port's own rules: what a person has to
/// mend is said, and big copies go in parts.
public abstract class ServerContract extends ObjectStoreContract {
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
  protected final ObjectStore open() {
    return open(endpoint(), bucket(), secret());
  }

  @Test
  void a_copy_in_parts_is_as_good_and_leaves_no_upload_behind() throws Exception {
    ObjectAttributes attributes =
        new ObjectAttributes("video/quicktime", Map.of("uploaded-by", "Jän"));
    byte[] content = random(2 * PART + 1, 8);
    ETag version = stored(store.put(prefix + "s", Body.of(content), attributes, absent()));

    try (ObjectStore inParts = openCopyingInParts()) {
      ETag copied = stored(inParts.copy(prefix + "s", version, prefix + "t", absent()));
      ObjectFacts target = store.head(prefix + "t").orElseThrow();
      assertThat(target.summary().etag()).isEqualTo(copied);
      assertThat(copied.looksLikeMd5()).isFalse();
      assertThat(target.metadata()).isEqualTo(attributes.metadata());
      assertThat(target.contentType()).contains("video/quicktime");
      assertThat(contentOf(target)).isEqualTo(content);
      assertThat(inParts.copy(prefix + "s", version, prefix + "t", absent()))
          .isEqualTo(new Written.Refused());
    }
    List<OpenUpload> open = new ArrayList<>();
    store.listUploads(prefix, open::add);
    assertThat(open).isEmpty();
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
        s -> s.list(prefix, _ -> {}),
        s -> s.listFolders(prefix, _ -> {}),
        s -> s.head(prefix + "k"),
        s -> s.put(prefix + "k", text("x"), PLAIN, absent()),
        s -> s.read(prefix + "k", version, 0, 1),
        s -> s.createUpload(prefix + "k", PLAIN),
        s -> s.remove(prefix + "k", version));
  }
}
