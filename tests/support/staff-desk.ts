import type { Browser, Page } from 'playwright-core';
import type { StaffTask } from '../../models/durable/staff-task.js';
import type { StaffAnswer } from '../../workflows/messages/staff-tasks.js';
import { aStaffMember } from './builders.js';
import { aWindow } from './looking.js';
import { press } from './pressing.js';
import { codeAt, withSecondFactor } from './second-factor.js';
import { password, withPassword } from './signed-in.js';
import type { Visitor } from './visitor.js';

/** Somebody of the staff, signed in, at the pages of staff tasks in a browser. */
export class StaffDesk {
  private constructor(
    readonly page: Page,
    private readonly origin: string,
  ) {}

  static async open(browser: Browser, { origin, now }: Pick<Visitor, 'origin' | 'now'>): Promise<StaffDesk> {
    const page = await (await aWindow(browser)).newPage();
    const { email } = await withSecondFactor(await withPassword(await aStaffMember({ name: 'Oksana Kovalenko' })));
    await page.goto(`${origin}/staff/sign-in`);
    await page.fill('#name', email);
    await page.fill('#password', password);
    await press(page, 'main form:has(#password) button[type=submit]');
    await page.fill('#code', codeAt(now()));
    await press(page, 'main form:has(#code) button[type=submit]');
    return new StaffDesk(page, origin);
  }

  async open({ id }: Pick<StaffTask, 'id'>): Promise<void> {
    await this.page.goto(`${this.origin}/staff/tasks/${id}`);
  }

  async text(): Promise<string> {
    return (await this.page.textContent('main')) ?? '';
  }

  async offered(): Promise<readonly string[]> {
    const choices = await this.page.locator('[name=answer]').all();
    return Promise.all(choices.map((choice) => choice.inputValue()));
  }

  /** Sends an answer; giving up is asked for once more on the page that follows. */
  async answer(answer: StaffAnswer, why: string): Promise<void> {
    await this.page.check(`[name=answer][value=${answer}]`);
    await this.page.fill('#note', why);
    await this.send();
  }

  send(): Promise<void> {
    return press(this.page, 'form[action$="/answer"] button[type=submit]');
  }

  async decide(answer: StaffAnswer, why: string): Promise<void> {
    await this.answer(answer, why);
    if (answer === 'cancel') {
      await this.page.locator('#h-sure').waitFor();
      await this.send();
    }
    await this.page.locator('#h-decision').waitFor();
  }
}
