//! Writes a table while it is being filled.
//!
//! In: rows, one by one. Out: the heading and the rows.
//!
//! A table needs to know its cells before it can choose its widths, and must not hold a gigabyte of them: the first
//! thousand rows choose, the others follow.

use crate::table::{Column, Page, Row, Table};
use std::io::{self, Write};

/// A table that is written while it is filled.
pub struct Sheet {
    columns: &'static [Column],
    page: Page,
    waiting: Vec<Row>,
    table: Option<Table>,
}

const ROWS_THAT_CHOOSE: usize = 1000;

impl Sheet {
    /// With these columns.
    pub fn new(columns: &'static [Column], page: Page) -> Sheet {
        Sheet { columns, page, waiting: vec![], table: None }
    }

    /// Takes a row, and writes it once the widths are settled.
    pub fn add(&mut self, row: Row, out: &mut impl Write) -> io::Result<()> {
        match &self.table {
            Some(table) => out.write_all(table.row(&row).as_bytes())?,
            None => {
                self.waiting.push(row);
                if self.waiting.len() >= ROWS_THAT_CHOOSE {
                    self.settle(out)?;
                }
            }
        }
        Ok(())
    }

    /// Writes what still waits, and a blank line when there was anything.
    pub fn close(mut self, out: &mut impl Write) -> io::Result<()> {
        if !self.waiting.is_empty() {
            self.settle(out)?;
        }
        if self.table.is_some() {
            writeln!(out)?;
        }
        Ok(())
    }

    fn settle(&mut self, out: &mut impl Write) -> io::Result<()> {
        let table = Table::new(self.columns, &self.waiting, self.page);
        out.write_all(table.head().as_bytes())?;
        for row in self.waiting.drain(..) {
            out.write_all(table.row(&row).as_bytes())?;
        }
        self.table = Some(table);
        Ok(())
    }
}
