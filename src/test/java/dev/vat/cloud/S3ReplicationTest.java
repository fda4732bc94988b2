package dev.vat.cloud;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vat.cloud.s3.S3ObjectStore;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The real client, over HTTP.
final class S3ReplicationTest extends ReplicationContract {
  private ReplicationServer server;
  private ObjectStore store;

  @BeforeEach
  void start() throws Exception {
    server = ReplicationServer.start();
    store = S3ObjectStore.open(MotoAccount.connection(server.endpoint()), "films");
  }

  @AfterEach
  void stop() throws Exception {
    store.close();
    server.close();
  }

  @Override
  BucketSettings bucket() {
    return store.settings();
  }

  @Test
  void a_server_that_forgets_filters_is_found_out() throws Exception {
    server.forgetsFilters();
    Replication.Rule rule =
        new Replication.Rule(
            "one",
            true,
            1,
            RuleFilter.ofPrefix("archive/"),
            "arn:aws:s3:::copies",
            Optional.empty());
    assertThatThrownBy(
            () -> bucket().replicate(Optional.empty(), "arn:aws:iam::1:role/r", List.of(rule)))
        .isInstanceOf(StoreException.Failed.class)
        .hasMessageContaining("shows other rules than were written");
  }
}
