import { chromium } from 'playwright-core';
const out='/tmp/trace-shots'; import { mkdirSync } from 'node:fs'; mkdirSync(out,{recursive:true});
const b = await chromium.launch({executablePath:'/usr/bin/chromium',args:['--no-sandbox']});
const sizes = (process.argv[2]??'1440x900').split(',');
const themes = (process.argv[3]??'light').split(',');
for (const theme of themes) for (const sz of sizes) {
 const [w,h]=sz.split('x').map(Number);
 const p = await b.newPage({viewport:{width:w,height:h},colorScheme:theme});
 p.on('pageerror',e=>console.log('ERR',e.message)); p.on('console',m=>m.type()==='error'&&console.log('CON',m.text()));
 await p.goto('http://localhost:5197/'); await p.waitForFunction(()=>document.documentElement.dataset.appState==='ready',undefined,{timeout:60000});
 await p.waitForTimeout(500);
 const s=(n)=>p.screenshot({path:`${out}/${n}-${theme}-${w}.png`});
 await s('account');
 await p.keyboard.press('4'); await p.waitForTimeout(300); await s('empty');
 await p.getByRole('button',{name:/balance negative/}).click(); await p.waitForTimeout(900); await s('q1');
 const f=await p.evaluate(()=>document.activeElement?.getAttribute('role')); console.log('focus',f);
 for (const k of ['ArrowDown','ArrowDown','ArrowDown','ArrowDown','ArrowRight','ArrowDown','ArrowRight','ArrowDown','ArrowRight']) { await p.keyboard.press(k); await p.waitForTimeout(150);} await p.waitForTimeout(400); await s('deep');
 await p.keyboard.press('1'); await p.waitForTimeout(300);
 await p.getByRole('button',{name:/made of/}).click(); await p.waitForTimeout(800); await s('q2');
 await p.keyboard.press('1'); await p.waitForTimeout(300);
 await p.getByRole('button',{name:/skipped/}).first().click(); await p.waitForTimeout(800); await s('q3');
 await p.close();
}
await b.close();
