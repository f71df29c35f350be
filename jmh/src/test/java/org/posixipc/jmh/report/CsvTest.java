package org.posixipc.jmh.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CsvTest {
  @Test
  void eachFigureIsALineWithItsMedianAndItsInterval() {
    String csv =
        Csv.of(
            List.of(
                Made.bandwidth("pipe", 64, "posix-ipc", 1, 2, 4),
                Made.figure("cost", Map.of("way", "a, \"quoted\""), "C", "ns", 5)));

    assertEquals(
        """
        question,who,unit,size,transport,way,median,low,high,samples
        bandwidth,posix-ipc,B/s,64,pipe,,2.0,1.0,4.0,3
        cost,C,ns,,,"a, ""quoted\""",5.0,5.0,5.0,1
        """
            .replace("\n", "\r\n"),
        csv);
  }
}
