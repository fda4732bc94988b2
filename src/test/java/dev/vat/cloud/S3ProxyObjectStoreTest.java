package dev.vat.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vat.cloud.s3.ImpatientStore;
import dev.vat.cloud.s3.S3Connection;
import dev.vat.cloud.s3.S3Keys;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The contract on S3Proxy, a server whose authors do not know us.
class S3ProxyObjectStoreTest extends ServerContract {
  private static final String BUCKET = "vat-contract";

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

  @Override
  protected URI endpoint() {
    return server.endpoint();
  }

  @Override
  protected String bucket() {
    return BUCKET;
  }

  @Override
  protected String secret() {
    return S3ProxyServer.SECRET;
  }

  @Override
  protected ObjectStore open(URI endpoint, String bucket, String secret) {
    return ImpatientStore.open(connection(endpoint, secret), bucket);
  }

  @Override
  protected ObjectStore openCopyingInParts() {
    return ImpatientStore.copyingInParts(
        connection(server.endpoint(), S3ProxyServer.SECRET), BUCKET);
  }

  private static S3Connection connection(URI endpoint, String secret) {
    S3Keys keys = new S3Keys(S3ProxyServer.ACCESS_KEY_ID, secret, Optional.empty());
    return new S3Connection(
        Optional.of(endpoint), Optional.of("us-east-1"), Optional.of(keys), Optional.empty());
  }

  /// A finding about a server that others wrote, which docs/setup-aws.md tells.
  @Test
  void which_conditions_it_lacks_is_found_out_and_nothing_is_left() throws Exception {
    assertThat(store().missingConditions(prefix() + ".vat-doctor/"))
        .containsExactly(Condition.COPY_IF_ABSENT);
    List<String> left = new ArrayList<>();
    store().list(prefix(), object -> left.add(object.key()));
    store().listUploads(prefix(), upload -> left.add(upload.key()));
    assertThat(left).isEmpty();
  }

  @Override
  public boolean tellsSizesOfParts() {
    return false;
  }

  @Override
  public boolean listsChecksumsOfParts() {
    return false;
  }

  @Override
  public boolean knowsWhichUploadsAreGone() {
    return false;
  }

  @Override
  public boolean keysMayLieBelowKeys() {
    return false;
  }

  @Override
  public boolean hasGlacier() {
    return false;
  }

  @Override
  public boolean keepsTags() {
    return false;
  }
}
