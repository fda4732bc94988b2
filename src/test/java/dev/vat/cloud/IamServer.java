package dev.vat.cloud;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// What `vat` needs of AWS IAM, over HTTP: requests are forms, answers XML in the shapes of the IAM
/// API Reference (Query API), with its paging and its quota of five versions. It checks no
/// signatures; the shapes were compared with moto's by hand (2026-11-25).
public final class IamServer implements AutoCloseable {
  private static final String NAMESPACE = "https://iam.amazonaws.com/doc/2010-05-08/";
  private static final String MADE = "2026-11-25T12:00:%02dZ";

  private static final class Policy {
    private final Map<String, String> tags = new TreeMap<>();
    private final Map<Integer, String> versions = new TreeMap<>();
    private int holds = 1;
  }

  private static final class Role {
    private final Map<String, String> tags = new TreeMap<>();
    private final Map<String, String> permissions = new TreeMap<>();
  }

  /// An answer that is an error.
  private static final class Refused extends Exception {
    private static final long serialVersionUID = 1;
    private final int status;
    private final String code;

    private Refused(int status, String code) {
      super(code);
      this.status = status;
      this.code = code;
    }
  }

  private final HttpServer server;
  private final Map<String, Policy> policies = new TreeMap<>();
  private final Map<String, Set<String>> users = new TreeMap<>();
  private final Map<String, Role> roles = new TreeMap<>();
  private final List<String> actions = new ArrayList<>();

  private IamServer(HttpServer server) {
    this.server = server;
  }

  public static IamServer start() throws IOException {
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    IamServer server = new IamServer(http);
    http.createContext("/", server::answer);
    http.start();
    return server;
  }

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  public synchronized void addUser(String name) {
    users.put(name, new TreeSet<>());
  }

  /// Every request so far, by its action.
  public synchronized List<String> actions() {
    return List.copyOf(actions);
  }

  private void answer(HttpExchange exchange) throws IOException {
    Map<String, String> form = new TreeMap<>();
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    for (String pair : body.split("&")) {
      int equals = pair.indexOf('=');
      form.put(
          URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
          URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
    }
    int status = 200;
    String xml;
    try {
      String action = form.get("Action");
      xml =
          "<%1$sResponse xmlns=\"%2$s\">%3$s<ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></%1$sResponse>"
              .formatted(action, NAMESPACE, result(action, form));
    } catch (Refused refused) {
      status = refused.status;
      xml =
          "<ErrorResponse xmlns=\"%s\"><Error><Type>Sender</Type><Code>%s</Code><Message>no</Message></Error><RequestId>1</RequestId></ErrorResponse>"
              .formatted(NAMESPACE, refused.code);
    }
    byte[] bytes = xml.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/xml");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private synchronized String result(String action, Map<String, String> form) throws Refused {
    actions.add(action);
    return switch (action) {
      case "ListPolicies" -> result(action, list(form));
      case "ListPolicyVersions" -> result(action, versions(policy(form)));
      case "GetPolicyVersion" -> result(action, version(policy(form), form.get("VersionId")));
      case "ListPolicyTags" ->
          result(action, tags(policy(form).tags) + "<IsTruncated>false</IsTruncated>");
      case "CreatePolicy" -> result(action, create(form));
      case "CreatePolicyVersion" -> result(action, createVersion(policy(form), form));
      case "DeletePolicyVersion" -> {
        policy(form).versions.remove(number(form.get("VersionId")));
        yield "";
      }
      case "ListAttachedUserPolicies" -> result(action, attached(form));
      case "AttachUserPolicy" -> {
        policy(form);
        user(form).add(name(form.get("PolicyArn")));
        yield "";
      }
      case "GetRole" -> result(action, "<Role>" + described(role(form), form) + "</Role>");
      case "ListRolePolicies" -> result(action, names(role(form)));
      case "GetRolePolicy" -> result(action, permission(role(form), form));
      case "CreateRole" -> result(action, "<Role>" + createRole(form) + "</Role>");
      case "PutRolePolicy" -> {
        role(form).permissions.put(form.get("PolicyName"), form.get("PolicyDocument"));
        yield "";
      }
      default -> throw new Refused(400, "InvalidAction");
    };
  }

  private static String result(String action, String inside) {
    return "<" + action + "Result>" + inside + "</" + action + "Result>";
  }

  private static String arn(String name) {
    return "arn:aws:iam::123456789012:policy/" + name;
  }

  private static String name(String arn) {
    return arn.substring(arn.lastIndexOf('/') + 1);
  }

  private static int number(String version) {
    return Integer.parseInt(version.substring(1));
  }

  private Policy policy(Map<String, String> form) throws Refused {
    Policy policy = policies.get(name(form.get("PolicyArn")));
    if (policy == null) {
      throw new Refused(404, "NoSuchEntity");
    }
    return policy;
  }

  private Set<String> user(Map<String, String> form) throws Refused {
    Set<String> user = users.get(form.get("UserName"));
    if (user == null) {
      throw new Refused(404, "NoSuchEntity");
    }
    return user;
  }

  /// Two a page: whoever forgets to page finds only the first ones.
  private String list(Map<String, String> form) {
    List<String> names = List.copyOf(policies.keySet());
    int from = Integer.parseInt(form.getOrDefault("Marker", "0"));
    int to = Math.min(from + 2, names.size());
    StringBuilder xml = new StringBuilder("<Policies>");
    for (String name : names.subList(from, to)) {
      xml.append("<member>").append(described(name)).append("</member>");
    }
    xml.append("</Policies><IsTruncated>").append(to < names.size()).append("</IsTruncated>");
    return xml + (to < names.size() ? "<Marker>" + to + "</Marker>" : "");
  }

  private static String described(String name) {
    return "<PolicyName>%s</PolicyName><Path>/</Path><Arn>%s</Arn>".formatted(name, arn(name));
  }

  private static String versions(Policy policy) {
    StringBuilder xml = new StringBuilder("<Versions>");
    policy
        .versions
        .keySet()
        .forEach(n -> xml.append("<member>").append(head(policy, n)).append("</member>"));
    return xml + "</Versions><IsTruncated>false</IsTruncated>";
  }

  private static String head(Policy policy, int number) {
    return "<VersionId>v%d</VersionId><IsDefaultVersion>%s</IsDefaultVersion><CreateDate>%s</CreateDate>"
        .formatted(number, number == policy.holds, MADE.formatted(number));
  }

  private static String version(Policy policy, String id) {
    return "<PolicyVersion><Document>%s</Document>%s</PolicyVersion>"
        .formatted(encoded(policy.versions.get(number(id))), head(policy, number(id)));
  }

  private static String tags(Map<String, String> tags) {
    StringBuilder xml = new StringBuilder("<Tags>");
    tags.forEach(
        (key, value) ->
            xml.append("<member><Key>%s</Key><Value>%s</Value></member>".formatted(key, value)));
    return xml + "</Tags>";
  }

  private String create(Map<String, String> form) throws Refused {
    String name = form.get("PolicyName");
    if (policies.containsKey(name)) {
      throw new Refused(409, "EntityAlreadyExists");
    }
    Policy policy = new Policy();
    policy.versions.put(1, form.get("PolicyDocument"));
    policy.tags.putAll(told(form));
    policies.put(name, policy);
    return "<Policy>" + described(name) + "</Policy>";
  }

  private static String createVersion(Policy policy, Map<String, String> form) throws Refused {
    if (policy.versions.size() >= AccessPolicies.MOST_VERSIONS) {
      throw new Refused(409, "LimitExceeded");
    }
    int next = policy.versions.keySet().stream().mapToInt(n -> n).max().orElse(0) + 1;
    policy.versions.put(next, form.get("PolicyDocument"));
    if ("true".equals(form.get("SetAsDefault"))) {
      policy.holds = next;
    }
    return "<PolicyVersion>" + head(policy, next) + "</PolicyVersion>";
  }

  private String attached(Map<String, String> form) throws Refused {
    StringBuilder xml = new StringBuilder("<AttachedPolicies>");
    for (String name : user(form)) {
      xml.append(
          "<member><PolicyName>%s</PolicyName><PolicyArn>%s</PolicyArn></member>"
              .formatted(name, arn(name)));
    }
    return xml + "</AttachedPolicies><IsTruncated>false</IsTruncated>";
  }

  private Role role(Map<String, String> form) throws Refused {
    Role role = roles.get(form.get("RoleName"));
    if (role == null) {
      throw new Refused(404, "NoSuchEntity");
    }
    return role;
  }

  private String createRole(Map<String, String> form) throws Refused {
    if (roles.containsKey(form.get("RoleName"))) {
      throw new Refused(409, "EntityAlreadyExists");
    }
    Role role = new Role();
    role.tags.putAll(told(form));
    roles.put(form.get("RoleName"), role);
    return described(role, form);
  }

  private static String described(Role role, Map<String, String> form) {
    String name = form.get("RoleName");
    return "<RoleName>%s</RoleName><Arn>arn:aws:iam::123456789012:role/%s</Arn>%s"
        .formatted(name, name, tags(role.tags));
  }

  private static String names(Role role) {
    StringBuilder xml = new StringBuilder("<PolicyNames>");
    role.permissions.keySet().forEach(name -> xml.append("<member>" + name + "</member>"));
    return xml + "</PolicyNames><IsTruncated>false</IsTruncated>";
  }

  private static String permission(Role role, Map<String, String> form) {
    return "<PolicyDocument>%s</PolicyDocument>"
        .formatted(encoded(role.permissions.get(form.get("PolicyName"))));
  }

  private static String encoded(String document) {
    return URLEncoder.encode(document, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static Map<String, String> told(Map<String, String> form) {
    Map<String, String> tags = new TreeMap<>();
    for (int i = 1; form.containsKey("Tags.member." + i + ".Key"); i++) {
      tags.put(form.get("Tags.member." + i + ".Key"), form.get("Tags.member." + i + ".Value"));
    }
    return tags;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
