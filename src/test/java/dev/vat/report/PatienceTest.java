package dev.vat.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vat.cloud.StoreException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class PatienceTest {
  private final Patience patience = new Patience(Duration.ofMillis(50));

  @Test
  void a_question_without_an_answer_ends_and_its_thread_is_stopped() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);

    assertThatThrownBy(
            () ->
                patience.ask(
                    () -> {
                      try {
                        never.await();
                      } catch (InterruptedException interrupted) {
                        stopped.countDown();
                      }
                      return "late";
                    }))
        .isInstanceOf(StoreException.Unreachable.class)
        .hasMessageContaining("no answer");
    assertThat(stopped.await(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void an_answer_and_a_fault_come_through_as_they_are() throws Exception {
    Patience long_ = new Patience(Duration.ofSeconds(20));
    IOException fault = new StoreException.Failed("refused", null);

    assertThat(long_.<String>ask(() -> "now")).isEqualTo("now");
    assertThatThrownBy(
            () ->
                long_.ask(
                    () -> {
                      throw fault;
                    }))
        .isSameAs(fault);
  }
}
