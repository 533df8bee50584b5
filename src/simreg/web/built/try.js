import{C as e,S as t,T as n,f as r,g as i,h as a,p as o,s,v as c,w as l,y as u}from"./shared.js";var d=class extends e{static{this.properties={language:{state:!0},busy:{state:!0},problem:{state:!0}}}constructor(){super(),this.language=t(r(`language`))??u(),this.busy=!1,this.problem=null}createRenderRoot(){return this}updated(){document.documentElement.lang=this.language===`zh`?`zh-CN`:`en`,document.title=`${c[this.language].try.title} · simreg`}render(){let e=c[this.language],t=e.try;return n`<header>
        <div class="top">
          <p class="name">simreg</p>
          <button id="language" type="button" class="quiet" lang=${this.language===`zh`?`en`:`zh-CN`} @click=${this.#t}>
            ${e.language}
          </button>
        </div>
      </header>
      <main id="main" class="try" data-state="try" aria-busy=${this.busy}>
        <h1 id="title">${t.title}</h1>
        <p class="lead">${t.lead}</p>
        ${this.problem===null?l:s(this.problem,e)}
        <div class="buttons stack">
          <button id="try" type="button" class="main" aria-disabled=${this.busy} @click=${this.#e}>${this.busy?t.beginning:t.begin}</button>
        </div>
        <h2>${t.how}</h2>
        <ol>
          <li>${t[`how-line`]}</li>
          <li>${t[`how-document`]}</li>
          <li>${t[`how-capture`]}</li>
        </ol>
        <p class="small">${t.privacy}</p>
      </main>
      <footer><a id="staff" href="staff/">${t.staff}</a></footer>`}#e=async()=>{if(!this.busy){this.busy=!0,this.problem=null;try{let e=await i();window.location.assign(`r#${e}`)}catch(e){this.problem=e instanceof a?e:new a(`unknown`,-1),this.busy=!1}}};#t=()=>{this.language=this.language===`zh`?`en`:`zh`,o(`language`,this.language)}};customElements.define(`try-page`,d);