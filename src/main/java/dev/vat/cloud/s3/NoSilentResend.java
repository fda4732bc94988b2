package dev.vat.cloud.s3;

import java.util.Optional;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;

/// Gives requests without a body an empty one of announced length, where it matters that they are
/// sent once: the JDK sends a request a second time on its own when the connection closes without
/// an answer, except one whose body it streams. A copy sent twice refuses itself (412), and a
/// beginning sent twice leaves an upload that nobody knows of.
final class NoSilentResend implements ExecutionInterceptor {
  @Override
  public SdkHttpRequest modifyHttpRequest(
      Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
    SdkHttpRequest request = context.httpRequest();
    return isBare(context) ? request.copy(r -> r.putHeader("Content-Length", "0")) : request;
  }

  @Override
  public Optional<RequestBody> modifyHttpContent(
      Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
    return isBare(context) ? Optional.of(RequestBody.empty()) : context.requestBody();
  }

  private static boolean isBare(Context.ModifyHttpRequest context) {
    SdkHttpMethod method = context.httpRequest().method();
    boolean changes = method == SdkHttpMethod.PUT || method == SdkHttpMethod.POST;
    return changes && context.requestBody().isEmpty();
  }
}
