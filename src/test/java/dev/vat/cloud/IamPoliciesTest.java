package dev.vat.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vat.cloud.s3.IamPolicies;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The real client, over HTTP.
final class IamPoliciesTest extends AccessPoliciesContract {
  private IamServer server;

  @BeforeEach
  void start() throws Exception {
    server = IamServer.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  static AccessPolicies at(URI endpoint) {
    return IamPolicies.open(MotoAccount.connection(endpoint));
  }

  @Override
  AccessPolicies account() {
    return at(server.endpoint());
  }

  @Override
  void addUser(String name) {
    server.addUser(name);
  }

  @Test
  void policies_beyond_the_first_page_are_found() throws Exception {
    try (AccessPolicies account = account()) {
      for (String name : new String[] {"a", "b", "c", "d", "e"}) {
        account.create(name, "", Map.of(), "{}");
      }
      assertThat(account.find("e")).isPresent();
    }
  }

  @Test
  void nobody_there_is_told_as_such() throws Exception {
    URI gone = server.endpoint();
    server.close();
    try (AccessPolicies account = at(gone)) {
      assertThatThrownBy(() -> account.find("p"))
          .isInstanceOf(StoreException.Unreachable.class)
          .hasMessageContaining("AWS IAM cannot be reached");
    }
  }
}
