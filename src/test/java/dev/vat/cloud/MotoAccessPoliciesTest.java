package dev.vat.cloud;

import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/// The same on an implementation that is not ours.
final class MotoAccessPoliciesTest extends AccessPoliciesContract {
  private static MotoAccount moto;

  @BeforeAll
  static void start() throws Exception {
    moto = MotoAccount.start();
  }

  @AfterAll
  static void stop() {
    if (moto != null) {
      moto.close();
    }
  }

  @BeforeEach
  void reset() throws Exception {
    moto.reset();
  }

  @Override
  AccessPolicies account() {
    return IamPoliciesTest.at(moto.endpoint());
  }

  @Override
  void addUser(String name) throws Exception {
    HttpURLConnection connection = (HttpURLConnection) moto.endpoint().toURL().openConnection();
    connection.setDoOutput(true);
    connection.setRequestProperty(
        "Authorization",
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261125/us-east-1/iam/aws4_request,"
            + " SignedHeaders=host, Signature=0");
    connection
        .getOutputStream()
        .write(
            ("Action=CreateUser&Version=2010-05-08&UserName=" + name)
                .getBytes(StandardCharsets.UTF_8));
    if (connection.getResponseCode() != 200) {
      throw new AssertionError("moto made no user: " + connection.getResponseCode());
    }
  }
}
