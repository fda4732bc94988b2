package dev.vat.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What a bucket is set to and the sandbox has no use for: checked, kept and given back. Nothing in
/// it is public, everything in it is encrypted or not as the computer's disk is, and its one user
/// may do everything.
///
/// Source: Amazon S3 API Reference, the operations on PublicAccessBlock, BucketEncryption and
/// BucketPolicy; User Guide, "Default settings for new S3 buckets".
final class BucketDocuments {
  static final String PUBLIC_ACCESS = "publicAccessBlock";
  static final String ENCRYPTION = "encryption";
  static final String POLICY = "policy";

  /// What S3 has allowed for a policy since there are policies.
  private static final int POLICY_BYTES = 20 * 1024;

  private static final List<String> SWITCHES =
      List.of("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets");

  private final Store store;

  BucketDocuments(Store store) {
    this.store = store;
  }

  /// What every new bucket has had since April 2023.
  static Map<String, String> ofNew() {
    Xml xml = new Xml("PublicAccessBlockConfiguration");
    SWITCHES.forEach(name -> xml.text(name, true));
    return Map.of(PUBLIC_ACCESS, new String(xml.bytes(), StandardCharsets.UTF_8));
  }

  void putPublicAccess(Call call, Body body, Answer answer) throws IOException {
    Xml.Element sent = body.xml("PublicAccessBlockConfiguration");
    sent.checkChildren(SWITCHES);
    Xml xml = new Xml(sent.name());
    for (String name : SWITCHES) {
      String value = sent.value(name);
      ErrorCode.MALFORMED_XML.when(!value.matches("true|false|"));
      xml.text(name, value.equals("true"));
    }
    keep(call, PUBLIC_ACCESS, new String(xml.bytes(), StandardCharsets.UTF_8));
    answer.send(200);
  }

  void getPublicAccess(Call call, Body body, Answer answer) throws IOException {
    String kept = fact(call, PUBLIC_ACCESS);
    ErrorCode.NO_SUCH_PUBLIC_ACCESS_BLOCK.when(kept.isEmpty());
    give(answer, "PublicAccessBlockConfiguration", kept);
  }

  void deletePublicAccess(Call call, Body body, Answer answer) throws IOException {
    keep(call, PUBLIC_ACCESS, "");
    answer.send(204);
  }

  /// S3's own keys are all that can be asked for: the sandbox has no key service.
  void putEncryption(Call call, Body body, Answer answer) throws IOException {
    Xml.Element sent = body.xml("ServerSideEncryptionConfiguration");
    sent.checkChildren(List.of("Rule"));
    ErrorCode.MALFORMED_XML.when(sent.children().size() != 1);
    Xml.Element rule = sent.children().getFirst();
    rule.checkChildren(List.of("ApplyServerSideEncryptionByDefault", "BucketKeyEnabled"));
    List<Xml.Element> byDefault = rule.all("ApplyServerSideEncryptionByDefault");
    ErrorCode.MALFORMED_XML.when(byDefault.size() != 1);
    String algorithm = byDefault.getFirst().value("SSEAlgorithm");
    ErrorCode.MALFORMED_XML.when(!algorithm.matches("AES256|aws:kms(:dsse)?"));
    ErrorCode.NOT_IMPLEMENTED.when(
        !algorithm.equals("AES256"), "The sandbox has no key service for " + algorithm);
    keep(call, ENCRYPTION, rule.value("BucketKeyEnabled").equals("true") ? "true" : "");
    answer.send(200);
  }

  /// Every bucket has one, also who never set it.
  void getEncryption(Call call, Body body, Answer answer) throws IOException {
    answer.send(
        new Xml("ServerSideEncryptionConfiguration")
            .open("Rule")
            .open("ApplyServerSideEncryptionByDefault")
            .text("SSEAlgorithm", "AES256")
            .close("ApplyServerSideEncryptionByDefault")
            .text("BucketKeyEnabled", fact(call, ENCRYPTION).equals("true"))
            .close("Rule"));
  }

  void deleteEncryption(Call call, Body body, Answer answer) throws IOException {
    keep(call, ENCRYPTION, "");
    answer.send(204);
  }

  /// Whether it is a policy that S3 would take, only its outermost form tells here.
  void putPolicy(Call call, Body body, Answer answer) throws IOException {
    String policy = body.text(POLICY_BYTES);
    ErrorCode.MALFORMED_POLICY.when(!policy.strip().matches("(?s)\\{.*\"Statement\".*\\}"));
    keep(call, POLICY, policy);
    answer.send(204);
  }

  void getPolicy(Call call, Body body, Answer answer) throws IOException {
    String policy = fact(call, POLICY);
    ErrorCode.NO_SUCH_BUCKET_POLICY.when(policy.isEmpty());
    answer.sendJson(policy);
  }

  void deletePolicy(Call call, Body body, Answer answer) throws IOException {
    keep(call, POLICY, "");
    answer.send(204);
  }

  private String fact(Call call, String name) {
    return store.bucket(call.bucket).fact(name);
  }

  private void keep(Call call, String name, String value) throws IOException {
    store.change(
        store.bucket(call.bucket).name(),
        ErrorCode.NO_SUCH_BUCKET,
        bucket -> {
          Map<String, String> facts = new TreeMap<>(bucket.facts());
          facts.remove(name);
          if (!value.isEmpty()) {
            facts.put(name, value);
          }
          return bucket.withFacts(facts);
        });
  }

  private static void give(Answer answer, String root, String kept) throws IOException {
    Xml xml = new Xml(root);
    Xml.read(kept.getBytes(StandardCharsets.UTF_8), root).children().forEach(xml::add);
    answer.send(xml);
  }
}
