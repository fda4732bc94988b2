package dev.vat.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every server behind the port has to do: all the topics' contracts together, each test on a
/// store that is opened for it.
abstract class ObjectStoreContract
    implements LinkContract,
        ListingContract,
        SingleWriteContract,
        ReadingContract,
        UploadInPartsContract,
        CopyContract,
        StorageClassContract,
        ThawContract {
  private ObjectStore store;
  private String prefix;

  @BeforeEach
  void openStore() {
    store = open();
    prefix = "test-" + UUID.randomUUID() + "/";
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  @Override
  public final ObjectStore store() {
    return store;
  }

  @Override
  public final String prefix() {
    return prefix;
  }

  @Test
  void the_servers_time_is_about_now() throws Exception {
    assertThat(Duration.between(store.serverTime(prefix), Instant.now()).abs())
        .isLessThan(Duration.ofMinutes(1));
  }
}
