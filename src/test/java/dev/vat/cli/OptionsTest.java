package dev.vat.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.TypeConversionException;

final class OptionsTest {
  private final RateConverter rates = new RateConverter();

  @Test
  void a_rate_is_bytes_with_a_binary_unit() {
    assertThat(rates.convert("2M")).isEqualTo(2L << 20);
    assertThat(rates.convert("500k")).isEqualTo(500L << 10);
    assertThat(rates.convert("1.5M")).isEqualTo(3L << 19);
    assertThat(rates.convert("1G")).isEqualTo(1L << 30);
    assertThat(rates.convert("800")).isEqualTo(800);
  }

  @Test
  void what_is_no_rate_is_refused() {
    for (String typed : List.of("", "fast", "-1M", "0", "0.0001K", "2MB", "1e9", "9999999999G")) {
      assertThatThrownBy(() -> rates.convert(typed)).isInstanceOf(TypeConversionException.class);
    }
  }

  @Test
  void without_the_option_there_is_no_limit() {
    assertThat(new TransferOptions().limitRate()).isEmpty();
  }

  @Test
  void of_several_exit_codes_the_worst_is_reported() {
    assertThat(ExitCode.worst()).isEqualTo(ExitCode.DONE);
    assertThat(ExitCode.worst(ExitCode.FAILED, ExitCode.PARTLY)).isEqualTo(ExitCode.PARTLY);
    assertThat(
            List.of(ExitCode.values()).stream()
                .sorted((a, b) -> ExitCode.worst(a, b) == a ? -1 : 1)
                .map(ExitCode::number))
        .containsExactly(130, 2, 6, 3, 5, 7, 4, 1, 0);
  }

  @Test
  void a_choice_of_colours_is_kept_for_errors_of_usage() {
    assertThat(OutputOptions.guess(List.of("--json", "--color", "never")).color)
        .isEqualTo(ColorChoice.never);
    assertThat(OutputOptions.guess(List.of("x", "--", "--json")).json).isFalse();
  }
}
